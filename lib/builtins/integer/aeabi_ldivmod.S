// __aeabi_uldivmod and __aeabi_ldivmod return the quotient in r0:r1 and the remainder in r2:r3, which C cannot say.
	.syntax unified
	.thumb
	.macro divmod name, core
	.section .text.\name, "ax", %progbits
	.balign 4
	.cfi_sections .debug_frame
	.global \name
	.type \name, %function
	.cfi_startproc
\name:
	push	{r4, lr}
	.cfi_def_cfa_offset 8
	.cfi_offset r4, -8
	.cfi_offset lr, -4
	sub	sp, #16
	.cfi_def_cfa_offset 24
	add	r4, sp, #8
	str	r4, [sp]
	bl	\core
	ldr	r2, [sp, #8]
	ldr	r3, [sp, #12]
	add	sp, #16
	.cfi_def_cfa_offset 8
	pop	{r4, pc}
	.cfi_endproc
	.size \name, . - \name
	.endm

	divmod	__aeabi_uldivmod, builtin_udivmod64
	divmod	__aeabi_ldivmod, builtin_sdivmod64
