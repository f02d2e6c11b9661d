// Start of an RV32 image in machine mode: Reset_Handler and the trap vector that only reports.
// Always linked. See doc/spec/abi.md, "Assembly" and "Start and end".

// The cores of this kind of chip begin at the first byte of the memory that holds the program.
	.section .isr_vector, "ax", @progbits
	.globl	Reset_Handler
	.type	Reset_Handler, @function
Reset_Handler:
	csrw	mie, zero
	csrr	t0, mhartid
	bnez	t0, 6f			// one core runs; the others sleep
	la	sp, _main_stack_top
	la	t0, _stack_top
	csrw	mscratch, t0
	la	t0, mote_fault_vector
	csrw	mtvec, t0

	la	t0, _data_start
	la	t1, _data_end
	la	t2, _data_load
	beq	t0, t2, 3f		// loaded in place
	j	2f
1:	lw	t3, 0(t2)
	sw	t3, 0(t0)
	addi	t2, t2, 4
	addi	t0, t0, 4
2:	bltu	t0, t1, 1b

3:	la	t0, _bss_start
	la	t1, _bss_end
	j	5f
4:	sw	zero, 0(t0)
	addi	t0, t0, 4
5:	bltu	t0, t1, 4b

	call	runtime.start
	unimp				// start does not return

6:	wfi
	j	6b
	.size	Reset_Handler, . - Reset_Handler

// Every trap before there is a scheduler is a fault. Stores all registers on the trap stack, pc in the slot of x0, and calls
// runtime.fault(frame, mcause).
	.section .text.mote_fault_vector, "ax", @progbits
	.balign	4
	.type	mote_fault_vector, @function
mote_fault_vector:
	csrrw	sp, mscratch, sp
	addi	sp, sp, -128
	sw	x1, 4(sp)
	sw	x3, 12(sp)
	sw	x4, 16(sp)
	sw	x5, 20(sp)
	sw	x6, 24(sp)
	sw	x7, 28(sp)
	sw	x8, 32(sp)
	sw	x9, 36(sp)
	sw	x10, 40(sp)
	sw	x11, 44(sp)
	sw	x12, 48(sp)
	sw	x13, 52(sp)
	sw	x14, 56(sp)
	sw	x15, 60(sp)
	sw	x16, 64(sp)
	sw	x17, 68(sp)
	sw	x18, 72(sp)
	sw	x19, 76(sp)
	sw	x20, 80(sp)
	sw	x21, 84(sp)
	sw	x22, 88(sp)
	sw	x23, 92(sp)
	sw	x24, 96(sp)
	sw	x25, 100(sp)
	sw	x26, 104(sp)
	sw	x27, 108(sp)
	sw	x28, 112(sp)
	sw	x29, 116(sp)
	sw	x30, 120(sp)
	sw	x31, 124(sp)
	csrr	t0, mepc
	sw	t0, 0(sp)
	csrr	t0, mscratch
	sw	t0, 8(sp)
	mv	a0, sp
	csrr	a1, mcause
	call	runtime.fault
1:	j	1b
	.size	mote_fault_vector, . - mote_fault_vector
