// Register juggling that Go code cannot express.

	.syntax unified
	.thumb

// func gorecoverjump(frame *deferFrame, sp, pc uintptr): resumes at a landing label with r0 = 1, r1 = frame.
	.section .text.runtime.gorecoverjump, "ax", %progbits
	.globl	runtime.gorecoverjump
	.type	runtime.gorecoverjump, %function
	.thumb_func
runtime.gorecoverjump:
	mov	sp, r1
	mov	r1, r0
	movs	r0, #1
	orrs	r2, r0			// labels taken in inline assembly may lack the Thumb bit
	bx	r2
	.size	runtime.gorecoverjump, . - runtime.gorecoverjump

// func spillAndCall(fn func()): calls fn with all callee-saved registers of the caller on the stack, where the
// collector sees them. fn preserves them, so they are dropped, not reloaded. Ten words keep sp 8-byte aligned.
	.section .text.runtime.spillAndCall, "ax", %progbits
	.globl	runtime.spillAndCall
	.type	runtime.spillAndCall, %function
	.thumb_func
runtime.spillAndCall:
	push	{r3-r7, lr}
	mov	r3, r8
	mov	r4, r9
	mov	r5, r10
	mov	r6, r11
	push	{r3-r6}
	mov	r12, r0			// the closure context
	ldr	r1, [r0]
	blx	r1
	add	sp, #16
	pop	{r3-r7, pc}
	.size	runtime.spillAndCall, . - runtime.spillAndCall

// func spillAndSwitch(fn func(), top uintptr, sp *uintptr): calls fn on the stack that ends at top, with all callee-saved registers
// on the caller's, whose stack pointer is stored in *sp. That other stack is not watched by v8-M's limit register.
	.section .text.runtime.spillAndSwitch, "ax", %progbits
	.globl	runtime.spillAndSwitch
	.type	runtime.spillAndSwitch, %function
	.thumb_func
runtime.spillAndSwitch:
	push	{r3-r7, lr}
	mov	r3, r8
	mov	r4, r9
	mov	r5, r10
	mov	r6, r11
	push	{r3-r6}
	mov	r4, sp
	str	r4, [r2]
#if MOTE_CORES > 1
	mrs	r5, psplim
	ldr	r6, =mote_spare_limit
	ldr	r6, [r6]
	cmp	r1, r4
	blo	1f
	mov	sp, r1			// never below the limit
1:	msr	psplim, r6
#elif __ARM_ARCH >= 8
	mrs	r5, psplim
	movs	r6, #0
	msr	psplim, r6
#endif
	mov	sp, r1
	mov	r12, r0			// the closure context
	ldr	r1, [r0]
	blx	r1
#if MOTE_CORES > 1
	cmp	r6, r4
	blo	2f
	msr	psplim, r5
2:
#endif
	mov	sp, r4
#if __ARM_ARCH >= 8
	msr	psplim, r5
#endif
	add	sp, #16
	pop	{r3-r7, pc}
	.size	runtime.spillAndSwitch, . - runtime.spillAndSwitch

#if MOTE_CORES > 1
// func spillAndAwait(): as spillAndCall, for one function.
	.section .text.runtime.spillAndAwait, "ax", %progbits
	.globl	runtime.spillAndAwait
	.type	runtime.spillAndAwait, %function
	.thumb_func
runtime.spillAndAwait:
	push	{r3-r11, lr}
	bl	runtime.awaitKernel
	add	sp, #36			// it has preserved them
	pop	{pc}
	.size	runtime.spillAndAwait, . - runtime.spillAndAwait

	.section .bss.mote_spare_limit, "aw", %nobits
	.globl	mote_spare_limit
	.type	mote_spare_limit, %object
	.balign	4
mote_spare_limit:
	.space	4
	.size	mote_spare_limit, . - mote_spare_limit
#endif
