	.macro	func name
	.globl	\name
	.type	\name, @function
\name:
	.endm

	.macro	end name
	.size	\name, . - \name
	.endm

	.cfi_sections .debug_frame
	.text
	func leaf
	addi	sp, sp, -32
	addi	sp, sp, 32
	ret
	end leaf

	func caller			// 16 + 32
	addi	sp, sp, -16
	sw	ra, 12(sp)
	call	leaf
	lw	ra, 12(sp)
	addi	sp, sp, 16
	ret
	end caller

	func tailing			// recorded: 16, and then 48 without them
	.cfi_startproc
	addi	sp, sp, -16
	.cfi_def_cfa_offset 16
	call	leaf
	addi	sp, sp, 16
	.cfi_def_cfa_offset 0
	tail	caller
	.cfi_endproc
	end tailing

	func outlining
	.cfi_startproc
	addi	sp, sp, -16
	.cfi_def_cfa_offset 16
	jal	t0, OUTLINED_FUNCTION_0
	addi	sp, sp, 16
	ret
	.cfi_endproc
	end outlining

	func OUTLINED_FUNCTION_0
	addi	a0, a0, 1
	jr	t0
	end OUTLINED_FUNCTION_0

	func even
	call	odd
	ret
	end even

	func odd
	call	even
	ret
	end odd

	func indirect
	jalr	a0
	ret
	end indirect

	func tail_indirect
	jr	a0
	end tail_indirect

	func far			// too far away to become one instruction
	.option push
	.option norelax
	call	caller
	.option pop
	ret
	end far
