// The context switch of a Cortex-M. Below the frame that the exception entry stacked on PSP it saves
// (psplim on v8-M,) r4-r11, EXC_RETURN; under that s16-s31 come first when the frame has floating point state.
// Referenced through runtime.switchenable, whose directive keeps runtime.schedentry.

	.syntax unified
	.thumb

	.section .text.PendSV_Handler, "ax", %progbits
	.globl	PendSV_Handler
	.type	PendSV_Handler, %function
	.thumb_func
PendSV_Handler:
	ldr	r0, =mote_sched
	ldr	r1, [r0]
	cmp	r1, #0
	bne	1f			// somebody is inside the kernel; unlockSched pends again

#if __ARM_ARCH == 6
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
	mrs	r0, psp
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vstmdbeq r0!, {s16-s31}
#endif
#if __ARM_ARCH >= 8
	mrs	r3, psplim
	stmdb	r0!, {r3-r11, lr}
#else
	stmdb	r0!, {r4-r11, lr}
#endif
	bl	runtime.schedentry
#if __ARM_ARCH >= 8
	ldmia	r0!, {r3-r11, lr}
	msr	psplim, r3
#else
	ldmia	r0!, {r4-r11, lr}
#endif
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vldmiaeq r0!, {s16-s31}
#endif
	msr	psp, r0
	bx	lr
#endif

1:	movs	r1, #1
	str	r1, [r0, #4]
	bx	lr
	.size	PendSV_Handler, . - PendSV_Handler

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
