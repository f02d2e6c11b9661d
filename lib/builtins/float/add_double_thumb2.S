// Sum and difference of doubles for v7-M and later; 45 instructions where the C code needs 105. Zero and subnormal operands, infinity and
// NaN go to the C code. a is r1:r0, b is r3:r2; a becomes the one with the larger exponent.
#if defined(__thumb2__)
	.syntax unified
	.thumb
	.section .text.__aeabi_dadd, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global __aeabi_dadd, __aeabi_dsub
	.type __aeabi_dadd, %function
	.type __aeabi_dsub, %function
	.cfi_startproc
__aeabi_dsub:
	eor	r3, r3, #0x80000000
__aeabi_dadd:
	push	{r4-r7, lr}
	.cfi_def_cfa_offset 20
	.cfi_offset r4, -20
	.cfi_offset r5, -16
	.cfi_offset r6, -12
	.cfi_offset r7, -8
	.cfi_offset lr, -4
	ubfx	r4, r1, #20, #11	// exponents
	ubfx	r5, r3, #20, #11
	subs	r6, r4, r5
	blo	.Lswap
.Lordered:				// r4 >= r5, r6 their difference
	movw	r7, #0x7ff
	cmp	r4, r7
	it	ne
	cmpne	r5, #0
	beq	.Lspecial
	eor	lr, r1, r3		// bit 31: subtract
	and	r12, r1, #0x80000000	// sign of the result
	ubfx	r1, r1, #0, #20
	ubfx	r3, r3, #0, #20
	orr	r1, r1, #0x100000
	orr	r3, r3, #0x100000
	cmp	r6, #32
	bhs	.Lfar
	// b goes right by r6 bits; those that fall out fill the guard word r5 from the top. Shifts by 32 give 0.
	rsb	r7, r6, #32
	lsl	r5, r2, r7
	lsr	r2, r2, r6
	lsl	r7, r3, r7
	lsr	r3, r3, r6
	orr	r2, r2, r7
.Laligned:
	cmp	lr, #0
	blt	.Lsubtract
	adds	r0, r0, r2
	adc	r1, r1, r3
	cmp	r1, #0x200000
	bhs	.Lcarry
.Lround:				// r1:r0 in [2^52, 2^53), guard r5, exponent r4, sign r12
	subs	r4, r4, #1		// the hidden bit adds it again
.Lround1:
	cmp	r5, #0x80000000		// C: at least half
	it	eq
	lsrseq	r5, r0, #1		// C: odd
	adcs	r0, r0, #0
	adc	r1, r1, r4, lsl #20
	orr	r1, r1, r12
	pop	{r4-r7, pc}

.Lcarry:
	and	r7, r5, #1
	lsrs	r1, r1, #1
	rrxs	r0, r0
	rrx	r5, r5
	orr	r5, r5, r7		// what falls out decides ties
	movw	r7, #0x7fe
	cmp	r4, r7
	bne	.Lround1		// the exponent is one more than r4
	movs	r0, #0
	orr	r1, r12, #0x7f000000
	orr	r1, r1, #0x00f00000
	pop	{r4-r7, pc}

.Lfar:
	cmp	r6, #55
	bhs	.Lkeep			// b is below a quarter of a's last bit
	subs	r6, r6, #32
	rsb	r7, r6, #32
	lsl	r5, r2, r7
	lsr	r2, r2, r6
	cmp	r5, #0
	it	ne
	orrne	r2, r2, #1
	lsl	r5, r3, r7
	orr	r5, r5, r2
	lsr	r2, r3, r6
	movs	r3, #0
	b	.Laligned

.Lkeep:
	subs	r4, r4, #1
	add	r1, r1, r4, lsl #20
	orr	r1, r1, r12
	pop	{r4-r7, pc}

.Lswap:
	rsbs	r6, r6, #0
	mov	r7, r0
	mov	r0, r2
	mov	r2, r7
	mov	r7, r1
	mov	r1, r3
	mov	r3, r7
	mov	r7, r4
	mov	r4, r5
	mov	r5, r7
	b	.Lordered

.Lsubtract:
	rsbs	r5, r5, #0
	sbcs	r0, r0, r2
	sbcs	r1, r1, r3
	bmi	.Lnegative
.Lnormalise:
	cmp	r1, #0x100000
	bhs	.Lround
	lsls	r5, r5, #1
	adcs	r0, r0, r0
	adc	r1, r1, r1
	subs	r4, r4, #1
	beq	.Lsubnormal
	cmp	r1, #0x100000
	bhs	.Lround
	// More than one bit is gone, so the exponents differed by at most one, the guard word is empty and the result is exact.
	cbz	r1, .Lwide
	clz	r6, r1
	subs	r6, r6, #11		// 1 to 20 bits to go
	rsb	r7, r6, #32
	lsl	r1, r1, r6
	lsr	r7, r0, r7
	lsl	r0, r0, r6
	orr	r1, r1, r7
.Lshifted:
	subs	r4, r4, r6
	ble	.Ltoofar
	subs	r4, r4, #1
	add	r1, r1, r4, lsl #20
	orr	r1, r1, r12
	pop	{r4-r7, pc}

.Lwide:
	cbz	r0, .Lzero
	clz	r6, r0
	subs	r6, r6, #11		// the top bit is to become bit 20 of the upper word
	bmi	0f
	lsl	r1, r0, r6
	movs	r0, #0
	adds	r6, r6, #32
	b	.Lshifted
0:	rsbs	r7, r6, #0
	lsr	r1, r0, r7
	adds	r6, r6, #32
	lsl	r0, r0, r6
	b	.Lshifted

.Lzero:
	pop	{r4-r7, pc}

.Lnegative:				// only when the exponents were equal: the guard word is empty
	rsbs	r0, r0, #0
	sbc	r1, r1, r1, lsl #1
	eor	r12, r12, #0x80000000
	b	.Lnormalise

.Ltoofar:				// r4 <= 0: back by 1 - r4 bits to exponent 0; exact
	rsb	r6, r4, #1
	cmp	r6, #32
	bhs	1f
	rsb	r7, r6, #32
	lsr	r0, r0, r6
	lsl	r7, r1, r7
	orr	r0, r0, r7
	lsr	r1, r1, r6
	orr	r1, r1, r12
	pop	{r4-r7, pc}
1:	subs	r6, r6, #32
	lsr	r0, r1, r6
	mov	r1, r12
	pop	{r4-r7, pc}

.Lsubnormal:				// one step below exponent 1
	lsrs	r1, r1, #1
	rrx	r0, r0
	orrs	r7, r0, r1
	it	ne
	orrne	r1, r1, r12
	pop	{r4-r7, pc}

.Lspecial:
	pop	{r4-r7, lr}
	b	builtin_add_double
	.cfi_endproc
	.size __aeabi_dadd, . - __aeabi_dadd
	.size __aeabi_dsub, . - __aeabi_dsub	// all of it: it goes on into __aeabi_dadd
#endif
