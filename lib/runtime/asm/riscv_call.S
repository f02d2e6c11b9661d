// Register juggling that Go code cannot express. No data, no reference to Go code.

// func gorecoverjump(frame *deferFrame, sp, pc uintptr): resumes at a landing label with a0 = 1, a1 = frame.
	.section .text.runtime.gorecoverjump, "ax", @progbits
	.globl	runtime.gorecoverjump
	.type	runtime.gorecoverjump, @function
runtime.gorecoverjump:
	mv	sp, a1
	mv	a1, a0
	li	a0, 1
	jr	a2
	.size	runtime.gorecoverjump, . - runtime.gorecoverjump

// func spillAndCall(fn func()): calls fn with all callee-saved registers of the caller on the stack, where the
// collector sees them. fn preserves them, so they are dropped, not reloaded.
	.section .text.runtime.spillAndCall, "ax", @progbits
	.globl	runtime.spillAndCall
	.type	runtime.spillAndCall, @function
runtime.spillAndCall:
	addi	sp, sp, -64
	sw	s0, 0(sp)
	sw	s1, 4(sp)
	sw	s2, 8(sp)
	sw	s3, 12(sp)
	sw	s4, 16(sp)
	sw	s5, 20(sp)
	sw	s6, 24(sp)
	sw	s7, 28(sp)
	sw	s8, 32(sp)
	sw	s9, 36(sp)
	sw	s10, 40(sp)
	sw	s11, 44(sp)
	sw	ra, 60(sp)
	mv	t2, a0			// the closure context
	lw	a1, 0(a0)
	jalr	a1
	lw	ra, 60(sp)
	addi	sp, sp, 64
	ret
	.size	runtime.spillAndCall, . - runtime.spillAndCall

// func spillAndSwitch(fn func(), top uintptr, sp *uintptr): calls fn on the stack that ends at top, with all callee-saved registers
// on the caller's, whose stack pointer is stored in *sp.
	.section .text.runtime.spillAndSwitch, "ax", @progbits
	.globl	runtime.spillAndSwitch
	.type	runtime.spillAndSwitch, @function
runtime.spillAndSwitch:
	addi	sp, sp, -64
	sw	s0, 0(sp)
	sw	s1, 4(sp)
	sw	s2, 8(sp)
	sw	s3, 12(sp)
	sw	s4, 16(sp)
	sw	s5, 20(sp)
	sw	s6, 24(sp)
	sw	s7, 28(sp)
	sw	s8, 32(sp)
	sw	s9, 36(sp)
	sw	s10, 40(sp)
	sw	s11, 44(sp)
	sw	ra, 60(sp)
	sw	sp, 0(a2)
	mv	s0, sp
	mv	sp, a1
	mv	t2, a0			// the closure context
	lw	a1, 0(a0)
	jalr	a1
	mv	sp, s0
	lw	s0, 0(sp)
	lw	ra, 60(sp)
	addi	sp, sp, 64
	ret
	.size	runtime.spillAndSwitch, . - runtime.spillAndSwitch
