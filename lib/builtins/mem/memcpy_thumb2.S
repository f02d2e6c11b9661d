// memcpy for v7-M and later: ldm/stm of eight words when both ends are aligned, single (possibly misaligned) words otherwise.
// r0 stays the result, r12 is the destination cursor. 16 bytes cost 10 instructions, 32 aligned bytes 4.
#if defined(__thumb2__)
	.syntax unified
	.thumb
	.section .text.memcpy, "ax", %progbits
	.balign 4
	.global memcpy, __aeabi_memcpy, __aeabi_memcpy4, __aeabi_memcpy8
	.type memcpy, %function
	.type __aeabi_memcpy, %function
	.type __aeabi_memcpy4, %function
	.type __aeabi_memcpy8, %function
	.cfi_sections .debug_frame
	.cfi_startproc
memcpy:
__aeabi_memcpy:
__aeabi_memcpy4:
__aeabi_memcpy8:
	cmp	r2, #16
	mov	r12, r0
	blo	4f
	orr	r3, r0, r1
	lsls	r3, r3, #30
	bne	2f
	subs	r2, r2, #32
	blo	1f
	push	{r4-r10}
	.cfi_def_cfa_offset 28
0:	ldmia	r1!, {r3-r10}
	subs	r2, r2, #32
	stmia	r12!, {r3-r10}
	bhs	0b
	pop	{r4-r10}
	.cfi_def_cfa_offset 0
1:	adds	r2, r2, #32
2:	subs	r2, r2, #16
	blo	3f
20:	ldr	r3, [r1], #4
	str	r3, [r12], #4
	ldr	r3, [r1], #4
	str	r3, [r12], #4
	ldr	r3, [r1], #4
	str	r3, [r12], #4
	ldr	r3, [r1], #4
	str	r3, [r12], #4
	subs	r2, r2, #16
	bhs	20b
3:	adds	r2, r2, #16
4:	lsls	r3, r2, #29	// C: 8 more bytes, N: 4 more
	itttt	cs
	ldrcs	r3, [r1], #4
	strcs	r3, [r12], #4
	ldrcs	r3, [r1], #4
	strcs	r3, [r12], #4
	itt	mi
	ldrmi	r3, [r1], #4
	strmi	r3, [r12], #4
	lsls	r3, r2, #31	// C: 2 more bytes, N: 1 more
	itt	cs
	ldrhcs	r3, [r1], #2
	strhcs	r3, [r12], #2
	itt	mi
	ldrbmi	r3, [r1]
	strbmi	r3, [r12]
	bx	lr
	.cfi_endproc
	.size memcpy, . - memcpy
#endif
