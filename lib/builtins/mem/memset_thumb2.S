// memset for v7-M and later. A misaligned start is covered by one misaligned word, then pairs of words follow.
#if defined(__thumb2__)
	.syntax unified
	.thumb
	.section .text.memset, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global memset
	.type memset, %function
	.cfi_startproc
memset:
	uxtb	r1, r1
	orr	r1, r1, r1, lsl #8
	orr	r1, r1, r1, lsl #16
	b	memset_pattern
	.cfi_endproc
	.size memset, . - memset

	.section .text.__aeabi_memset, "ax", %progbits
	.balign 4
	.global __aeabi_memset, __aeabi_memset4, __aeabi_memset8
	.type __aeabi_memset, %function
	.type __aeabi_memset4, %function
	.type __aeabi_memset8, %function
	.cfi_startproc
__aeabi_memset:		// (p, n, c)
__aeabi_memset4:
__aeabi_memset8:
	uxtb	r3, r2
	mov	r2, r1
	orr	r3, r3, r3, lsl #8
	orr	r1, r3, r3, lsl #16
	b	memset_pattern
	.cfi_endproc
	.size __aeabi_memset, . - __aeabi_memset

	.section .text.__aeabi_memclr, "ax", %progbits
	.balign 4
	.global __aeabi_memclr, __aeabi_memclr4, __aeabi_memclr8
	.type __aeabi_memclr, %function
	.type __aeabi_memclr4, %function
	.type __aeabi_memclr8, %function
	.cfi_startproc
__aeabi_memclr:		// (p, n)
__aeabi_memclr4:
__aeabi_memclr8:
	mov	r2, r1
	movs	r1, #0
	b	memset_pattern
	.cfi_endproc
	.size __aeabi_memclr, . - __aeabi_memclr

	// r0 start (kept), r1 the byte four times, r2 count.
	.section .text.memset_pattern, "ax", %progbits
	.balign 4
	.type memset_pattern, %function
	.cfi_startproc
memset_pattern:
	mov	r12, r0
	subs	r2, r2, #4
	blo	3f
	ands	r3, r0, #3
	beq	0f
	rsb	r3, r3, #4	// bytes up to the next word
	str	r1, [r12]
	add	r12, r12, r3
	add	r2, r2, #4
	subs	r2, r2, r3
	subs	r2, r2, #4
	blo	3f
0:	mov	r3, r1
	subs	r2, r2, #12
	blo	2f
1:	strd	r1, r3, [r12], #8
	strd	r1, r3, [r12], #8
	subs	r2, r2, #16
	bhs	1b
2:	adds	r2, r2, #12
	blt	3f
20:	str	r1, [r12], #4
	subs	r2, r2, #4
	bge	20b
3:	lsls	r3, r2, #31	// r2 is the rest - 4: its two low bits are the rest's
	it	mi
	strbmi	r1, [r12], #1
	it	cs
	strhcs	r1, [r12]
	bx	lr
	.cfi_endproc
	.size memset_pattern, . - memset_pattern
#endif
