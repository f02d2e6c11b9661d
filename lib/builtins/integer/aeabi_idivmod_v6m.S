// 32-bit division for v6-M, which has no divide instruction: quotient in r0, remainder in r1. About 5 instructions per quotient bit.
#if defined(__ARM_ARCH_6M__)
	.syntax unified
	.thumb
	.section .text.__aeabi_uidivmod, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global __aeabi_uidivmod, __aeabi_uidiv
	.type __aeabi_uidivmod, %function
	.type __aeabi_uidiv, %function
	.cfi_startproc
	// Invariant of a step: r0 is the rest of the dividend, r1 the divisor, r3 the quotient's bits so far.
	.macro	step shift
	lsrs	r2, r0, #\shift
	cmp	r2, r1
	blo	1f
	lsls	r2, r1, #\shift
	subs	r0, r0, r2
1:	adcs	r3, r3
	.endm
__aeabi_uidivmod:
__aeabi_uidiv:
	movs	r3, #0
	lsrs	r2, r0, #16
	cmp	r2, r1
	bhs	.Lwide
	lsrs	r2, r0, #8
	cmp	r2, r1
	bhs	.Lhalf
	b	.Lbyte
.Lwide:
	step	31
	step	30
	step	29
	step	28
	step	27
	step	26
	step	25
	step	24
	step	23
	step	22
	step	21
	step	20
	step	19
	step	18
	step	17
	step	16
.Lhalf:
	step	15
	step	14
	step	13
	step	12
	step	11
	step	10
	step	9
	step	8
.Lbyte:
	step	7
	step	6
	step	5
	step	4
	step	3
	step	2
	step	1
	cmp	r0, r1
	blo	2f
	subs	r0, r0, r1
2:	adcs	r3, r3
	mov	r1, r0
	mov	r0, r3
	bx	lr
	.cfi_endproc
	.size __aeabi_uidivmod, . - __aeabi_uidivmod

	.section .text.__aeabi_idivmod, "ax", %progbits
	.balign 4
	.global __aeabi_idivmod, __aeabi_idiv
	.type __aeabi_idivmod, %function
	.type __aeabi_idiv, %function
	.cfi_startproc
__aeabi_idivmod:
__aeabi_idiv:
	push	{r4, r5, r6, lr}
	.cfi_def_cfa_offset 16
	.cfi_offset r4, -16
	.cfi_offset r5, -12
	.cfi_offset r6, -8
	.cfi_offset lr, -4
	asrs	r4, r0, #31	// sign of the remainder
	asrs	r5, r1, #31
	eors	r0, r4
	subs	r0, r0, r4
	eors	r1, r5
	subs	r1, r1, r5
	eors	r5, r4		// sign of the quotient
	bl	__aeabi_uidivmod
	eors	r0, r5
	subs	r0, r0, r5
	eors	r1, r4
	subs	r1, r1, r4
	pop	{r4, r5, r6, pc}
	.cfi_endproc
	.size __aeabi_idivmod, . - __aeabi_idivmod
#endif
