// The context switch of a Cortex-M. Below the frame that the exception entry stacked on PSP it saves
// (psplim on v8-M,) r4-r11, EXC_RETURN; under that s16-s31 come first when the frame has floating point state.
// Referenced through runtime.switchenable, whose directive keeps runtime.schedentry.

	.syntax unified
	.thumb

#if MOTE_CORES > 1
// With several cores all of it is runtime.schedentry's. lib/runtime/lock_multi.go has the layout below the stack limit.
	.section .text.PendSV_Handler, "ax", %progbits
	.globl	PendSV_Handler
	.type	PendSV_Handler, %function
	.thumb_func
PendSV_Handler:
	mrs	r3, psplim
	ldr	r1, [r3, #-124]		// depth of the kernel
	cbnz	r1, 1f			// unlockSched pends again
	mrs	r0, psp
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vstmdbeq r0!, {s16-s31}
#endif
	stmdb	r0!, {r3-r11, lr}
	bl	runtime.schedentry
	ldmia	r0!, {r3-r11, lr}
	msr	psplim, r3
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vldmiaeq r0!, {s16-s31}
#endif
	msr	psp, r0
	bx	lr
1:	movs	r1, #1
	str	r1, [r3, #-120]
	bx	lr
	.size	PendSV_Handler, . - PendSV_Handler
#else
// save and load move the registers of a goroutine to its stack, below \sp, and back.
	.macro	save sp
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vstmdbeq \sp!, {s16-s31}
#endif
#if __ARM_ARCH >= 8
	mrs	r3, psplim
	stmdb	\sp!, {r3-r11, lr}
#else
	stmdb	\sp!, {r4-r11, lr}
#endif
	.endm

	.macro	load sp
#if __ARM_ARCH >= 8
	ldmia	\sp!, {r3-r11, lr}
	msr	psplim, r3
#else
	ldmia	\sp!, {r4-r11, lr}
#endif
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vldmiaeq \sp!, {s16-s31}
#endif
	.endm

// resume goes on with the goroutine in r2.
	.macro	resume
	ldr	r1, [r2]
	load	r1
	msr	psp, r1
	bx	lr
	.endm

	.section .text.PendSV_Handler, "ax", %progbits
	.globl	PendSV_Handler
	.type	PendSV_Handler, %function
	.thumb_func
PendSV_Handler:
	ldr	r0, =mote_sched
#if __ARM_ARCH == 6
	ldr	r1, [r0]
	cmp	r1, #0
	bne	1f			// somebody is inside the kernel; unlockSched pends again
	mrs	r0, psp
	subs	r0, #36
	mov	r1, r0
	stmia	r1!, {r4-r7}
	mov	r4, r8
	mov	r5, r9
	mov	r6, r10
	mov	r7, r11
	stmia	r1!, {r4-r7}
	mov	r4, lr
	str	r4, [r1]
	bl	runtime.schedentry
	adds	r0, #16
	ldmia	r0!, {r4-r7}
	mov	r8, r4
	mov	r9, r5
	mov	r10, r6
	mov	r11, r7
	ldmia	r0!, {r3}
	msr	psp, r0
	subs	r0, #36
	ldmia	r0!, {r4-r7}
	bx	r3
#else
	ldrd	r1, r2, [r0]		// the lock, and whether there was a tick
	orrs	r2, r1
	bne	2f

	// The way of most switches: as runtime.schedswitch, without what ticks bring.
	mrs	r1, psp
	save	r1
	movs	r3, #0x40
	msr	basepri_max, r3
	ldr	r2, [r0, #16]		// levels in use
	cbz	r2, 3f
	clz	r2, r2
	add	r2, r0, r2, lsl #2
	ldr	r2, [r2, #20]		// the first node of the most urgent one
	ldr	r3, [r0, #12]
	str	r1, [r3]		// sp of who leaves
	subs	r2, #12			// a node is at offset 12 of its control block
	str	r2, [r0, #12]
	movs	r1, #0
	msr	basepri, r1
#if __ARM_ARCH < 8
	ldrb	r12, [r2, #45]		// (*g).watch: region 0 of the MPU, which MPU_RNR names since then, over the guard
	ldrb	r3, [r3, #45]
	ldrd	r1, r4, 7f
	ldr	r0, [r2, #4]
	cmp	r3, r12
	bne	5f			// of another size
	str	r0, [r1]		// RBAR
#endif
	resume

2:	cmp	r1, #0
	bne	1f			// somebody is inside the kernel; unlockSched pends again
	mrs	r1, psp
	save	r1
	b	4f
3:	msr	basepri, r2		// nothing is ready
4:	mov	r0, r1
	bl	runtime.schedentry
	load	r0
	msr	psp, r0
	bx	lr
#endif

1:	movs	r1, #1
	str	r1, [r0, #8]
	bx	lr

#if __ARM_ARCH == 7
	// Size and base one after the other, in the order in which the region covers nothing but a guard in between: handlers that nobody masks may come there.
5:	add	r4, r4, r12, lsl #1
	bls	6f
	str	r4, [r1, #4]		// RASR: a smaller one in the place of the old
	str	r0, [r1]
	resume
6:	str	r0, [r1]		// a part of the larger one, with the size of the old
	str	r4, [r1, #4]
	resume

	.balign	4
7:	.word	0xe000ed9c		// MPU_RBAR, RASR behind it
	.word	0x0fffffff		// RASR without the size: no access, enabled
#endif
	.size	PendSV_Handler, . - PendSV_Handler
#endif

#if __ARM_ARCH >= 7 && MOTE_CORES < 2
// func yieldTurn(): moves the beginning of the running goroutine's ring by one and switches, if there is another in it. The running
// goroutine is the first of its ring, or in none before the scheduler has started.
	.section .text.runtime.yieldTurn, "ax", %progbits
	.globl	runtime.yieldTurn
	.type	runtime.yieldTurn, %function
	.thumb_func
runtime.yieldTurn:
	ldr	r0, =mote_sched
	ldr	r1, [r0, #12]
	movs	r2, #0x40
	msr	basepri_max, r2
	ldr	r2, [r1, #12]!		// next
	movs	r3, #0
	cmp	r2, r1
	beq	1f
	cbz	r2, 1f
	ldrb	r12, [r1, #28]		// priority
	sub	r0, r0, r12, lsl #2
	str	r2, [r0, #52]		// first of ring 8-priority
	ldr	r0, =0xe000ed04		// ICSR.PENDSVSET
	mov	r1, #0x10000000
	str	r1, [r0]
	msr	basepri, r3
	dsb
	isb
	bx	lr
1:	msr	basepri, r3
	bx	lr
	.size	runtime.yieldTurn, . - runtime.yieldTurn
#endif

// func switchenable(): from now on the tick asks for switches.
	.section .text.runtime.switchenable, "ax", %progbits
	.globl	runtime.switchenable
	.type	runtime.switchenable, %function
	.thumb_func
runtime.switchenable:
	ldr	r0, =mote_tick
	movs	r1, #1
	str	r1, [r0, #8]
	bx	lr
	.size	runtime.switchenable, . - runtime.switchenable
