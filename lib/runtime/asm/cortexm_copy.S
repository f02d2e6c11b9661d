// Copies what is small, in a bounded number of instructions: 4 for two aligned words, 4 a word otherwise, 4 a byte of the rest.

	.syntax unified
	.thumb

#if __ARM_ARCH >= 7
// func copyAny(to, from unsafe.Pointer, n uintptr)
	.section .text.runtime.copyAny, "ax", %progbits
	.globl	runtime.copyAny
	.type	runtime.copyAny, %function
	.thumb_func
runtime.copyAny:
	orr	r3, r0, r1
	lsls	r3, r3, #30
	bne	3f			// ldrd wants words
	cmp	r2, #16
	bne	8f
	ldrd	r2, r3, [r1]
	strd	r2, r3, [r0]
	ldrd	r2, r3, [r1, #8]
	strd	r2, r3, [r0, #8]
	bx	lr
8:
	subs	r2, #8
	blo	2f
1:	ldrd	r3, r12, [r1], #8
	strd	r3, r12, [r0], #8
	subs	r2, #8
	bhs	1b
2:	adds	r2, #8
	beq	6f
3:	subs	r2, #4
	blo	5f
4:	ldr	r3, [r1], #4		// aligned or not
	str	r3, [r0], #4
	subs	r2, #4
	bhs	4b
5:	adds	r2, #4
	beq	6f
7:	ldrb	r3, [r1], #1
	strb	r3, [r0], #1
	subs	r2, #1
	bne	7b
6:	bx	lr
	.size	runtime.copyAny, . - runtime.copyAny
#endif
