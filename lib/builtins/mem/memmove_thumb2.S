// memmove for v7-M and later: memcpy unless the destination starts inside the source, else the same copy from the end.
#if defined(__thumb2__)
	.syntax unified
	.thumb
	.section .text.memmove, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global memmove, __aeabi_memmove, __aeabi_memmove4, __aeabi_memmove8
	.type memmove, %function
	.type __aeabi_memmove, %function
	.type __aeabi_memmove4, %function
	.type __aeabi_memmove8, %function
	.cfi_startproc
memmove:
__aeabi_memmove:
__aeabi_memmove4:
__aeabi_memmove8:
	subs	r3, r0, r1
	cmp	r3, r2
	bhs	memcpy
	add	r1, r1, r2
	add	r12, r0, r2
	subs	r2, r2, #16
	blo	1f
0:	ldr	r3, [r1, #-4]!
	str	r3, [r12, #-4]!
	ldr	r3, [r1, #-4]!
	str	r3, [r12, #-4]!
	ldr	r3, [r1, #-4]!
	str	r3, [r12, #-4]!
	ldr	r3, [r1, #-4]!
	str	r3, [r12, #-4]!
	subs	r2, r2, #16
	bhs	0b
1:	lsls	r3, r2, #29	// the four low bits of r2 are the rest's; C: 8 more bytes, N: 4 more
	itttt	cs
	ldrcs	r3, [r1, #-4]!
	strcs	r3, [r12, #-4]!
	ldrcs	r3, [r1, #-4]!
	strcs	r3, [r12, #-4]!
	itt	mi
	ldrmi	r3, [r1, #-4]!
	strmi	r3, [r12, #-4]!
	lsls	r3, r2, #31	// C: 2 more bytes, N: 1 more
	itt	cs
	ldrhcs	r3, [r1, #-2]!
	strhcs	r3, [r12, #-2]!
	itt	mi
	ldrbmi	r3, [r1, #-1]
	strbmi	r3, [r12, #-1]
	bx	lr
	.cfi_endproc
	.size memmove, . - memmove
#endif
