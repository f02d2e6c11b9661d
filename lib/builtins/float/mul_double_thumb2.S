// Product of doubles for v7-M and later; 47 instructions where the C code needs 64. Zero and subnormal operands or results, infinity, NaN
// and products near the largest number go to the C code. a is r1:r0, b is r3:r2.
#if defined(__thumb2__)
	.syntax unified
	.thumb
	.section .text.__aeabi_dmul, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global __aeabi_dmul
	.type __aeabi_dmul, %function
	.cfi_startproc
__aeabi_dmul:
	push	{r4-r7, lr}
	.cfi_def_cfa_offset 20
	.cfi_offset r4, -20
	.cfi_offset r5, -16
	.cfi_offset r6, -12
	.cfi_offset r7, -8
	.cfi_offset lr, -4
	movw	r7, #0x7ff
	ands	r4, r7, r1, lsr #20
	it	ne
	andsne	r5, r7, r3, lsr #20
	itt	ne
	cmpne	r4, r7
	cmpne	r5, r7
	beq	.Lspecial
	add	r4, r4, r5
	subw	r4, r4, #1024		// the result's exponent - 1, or - 2 when the product carries
	movw	r5, #0x7fc
	cmp	r4, r5
	bhi	.Lspecial
	eor	r12, r1, r3
	// a in [2^63, 2^64), b in [2^52, 2^53): the upper half of the product has 52 or 53 bits.
	lsls	r1, r1, #11
	orr	r1, r1, #0x80000000
	orr	r1, r1, r0, lsr #21
	lsls	r0, r0, #11
	ubfx	r3, r3, #0, #20
	orr	r3, r3, #0x100000
	umull	r5, r6, r0, r2
	movs	r7, #0
	umlal	r6, r7, r1, r2
	movs	r2, #0
	umlal	r6, r2, r0, r3
	movs	r0, #0
	umlal	r7, r0, r1, r3
	adds	r7, r7, r2
	adc	r1, r0, #0		// r1:r7 is the upper half, r6:r5 the lower one
	cmp	r5, #0
	it	ne
	orrne	r6, r6, #1
	cmp	r1, #0x100000
	blo	0f
	adds	r4, r4, #1
	mov	r0, r7
	b	1f
0:	lsls	r6, r6, #1
	adcs	r0, r7, r7
	adc	r1, r1, r1
1:	and	r12, r12, #0x80000000
	cmp	r6, #0x80000000		// C: at least half
	it	eq
	lsrseq	r6, r0, #1		// C: odd
	adcs	r0, r0, #0
	adc	r1, r1, r4, lsl #20
	orr	r1, r1, r12
	pop	{r4-r7, pc}
.Lspecial:
	pop	{r4-r7, lr}
	b	builtin_multiply_double
	.cfi_endproc
	.size __aeabi_dmul, . - __aeabi_dmul
#endif
