// The trap vector once there is a scheduler: saves the whole goroutine on its own stack (the frame of riscv_start.S)
// and lets runtime.schedentry(mcause, frame) choose the frame to resume. Traps do not nest: interrupts are off until mret.

	.section .text.mote_trap_vector, "ax", @progbits
	.balign	4
	.type	mote_trap_vector, @function
mote_trap_vector:
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
	addi	t0, sp, 128
	sw	t0, 8(sp)
	csrr	t0, mepc
	sw	t0, 0(sp)
	csrr	a0, mcause
	mv	a1, sp
	bltz	a0, 1f			// an interrupt: it came from a goroutine
	la	t0, _stack_bottom	// a fault of the kernel itself is already on the trap stack and stays above its frame
	la	t1, _stack_top
	bltu	sp, t0, 1f
	bltu	sp, t1, 2f
1:	csrr	sp, mscratch
2:	call	runtime.schedentry
	mv	sp, a0
	lw	t0, 0(sp)
	csrw	mepc, t0
	lw	x1, 4(sp)
	lw	x3, 12(sp)
	lw	x4, 16(sp)
	lw	x5, 20(sp)
	lw	x6, 24(sp)
	lw	x7, 28(sp)
	lw	x8, 32(sp)
	lw	x9, 36(sp)
	lw	x10, 40(sp)
	lw	x11, 44(sp)
	lw	x12, 48(sp)
	lw	x13, 52(sp)
	lw	x14, 56(sp)
	lw	x15, 60(sp)
	lw	x16, 64(sp)
	lw	x17, 68(sp)
	lw	x18, 72(sp)
	lw	x19, 76(sp)
	lw	x20, 80(sp)
	lw	x21, 84(sp)
	lw	x22, 88(sp)
	lw	x23, 92(sp)
	lw	x24, 96(sp)
	lw	x25, 100(sp)
	lw	x26, 104(sp)
	lw	x27, 108(sp)
	lw	x28, 112(sp)
	lw	x29, 116(sp)
	lw	x30, 120(sp)
	lw	x31, 124(sp)
	addi	sp, sp, 128
	mret
	.size	mote_trap_vector, . - mote_trap_vector

// func switchenable(): traps go to the scheduler, and the timer interrupt may come.
	.section .text.runtime.switchenable, "ax", @progbits
	.globl	runtime.switchenable
	.type	runtime.switchenable, @function
runtime.switchenable:
	la	t0, mote_trap_vector
	csrw	mtvec, t0
	li	t0, 0x80		// mie.MTIE
	csrs	mie, t0
	csrsi	mstatus, 8		// mstatus.MIE
	ret
	.size	runtime.switchenable, . - runtime.switchenable
