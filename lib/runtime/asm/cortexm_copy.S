// Copies of what is small, for a bounded number of instructions: at most 4 a word and 4 a byte of the rest.

	.syntax unified
	.thumb

#if __ARM_ARCH >= 7
// func copyAny(to, from unsafe.Pointer, n uintptr)
	.section .text.runtime.copyAny, "ax", %progbits
	.globl	runtime.copyAny
	.type	runtime.copyAny, %function
	.thumb_func
runtime.copyAny:
	cmp	r2, #16
	bne	1f
	orr	r3, r0, r1
	lsls	r3, r3, #30
	bne	1f			// ldrd wants words
	ldrd	r2, r3, [r1]
	strd	r2, r3, [r0]
	ldrd	r2, r3, [r1, #8]
	strd	r2, r3, [r0, #8]
	bx	lr
1:	subs	r2, #4
	blo	3f
2:	ldr	r3, [r1], #4		// aligned or not
	str	r3, [r0], #4
	subs	r2, #4
	bhs	2b
3:	adds	r2, #4
	beq	5f
4:	ldrb	r3, [r1], #1
	strb	r3, [r0], #1
	subs	r2, #1
	bne	4b
5:	bx	lr
	.size	runtime.copyAny, . - runtime.copyAny
#endif
