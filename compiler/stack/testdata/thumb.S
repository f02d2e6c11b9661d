	.syntax unified
	.thumb

	.macro	func name
	.globl	\name
	.type	\name, %function
	.thumb_func
\name:
	.endm

	.macro	end name
	.size	\name, . - \name
	.endm

	.cfi_sections .debug_frame
	.text
	func leaf
	sub	sp, #24
	add	sp, #24
	bx	lr
	end leaf

	func caller			// 16 + 24
	push	{r4-r6, lr}
	bl	leaf
	pop	{r4-r6, pc}
	end caller

	func tailing			// recorded: 8, and then 40 without them
	.cfi_startproc
	push	{r4, lr}
	.cfi_def_cfa_offset 8
	bl	leaf
	pop	{r4}
	pop	{r0}
	mov	lr, r0
	.cfi_def_cfa_offset 0
	b	caller
	.cfi_endproc
	end tailing

	func tailing_unrecorded		// nobody says whether the frame is gone
	push	{r4, lr}
	b	caller
	end tailing_unrecorded

	func outlining			// the outlined part returns in place of its caller
	.cfi_startproc
	push	{r4, lr}
	.cfi_def_cfa_offset 8
	b	OUTLINED_FUNCTION_0
	.cfi_endproc
	end outlining

	func OUTLINED_FUNCTION_0
	bl	leaf
	pop	{r4, pc}
	end OUTLINED_FUNCTION_0

	func even
	push	{r4, lr}
	bl	odd
	pop	{r4, pc}
	end even

	func odd
	push	{r4, lr}
	bl	even
	pop	{r4, pc}
	end odd

	func recursive
	push	{r4, lr}
	bl	recursive
	bl	even
	pop	{r4, pc}
	end recursive

	func into_cycle
	push	{r4, lr}
	bl	odd
	pop	{r4, pc}
	end into_cycle

	func indirect
	push	{r4, lr}
	blx	r0
	pop	{r4, pc}
	end indirect

	func above
	push	{r4, lr}
	bl	leaf
	bl	indirect
	pop	{r4, pc}
	end above

	func dynamic
	push	{r7, lr}
	mov	r7, sp
	mov	sp, r0
	mov	sp, r7
	pop	{r7, pc}
	end dynamic

	func literal			// 8 + 40
	push	{r4, lr}
	ldr	r4, =caller
	blx	r4
	blx	r4
	pop	{r4, pc}
	.ltorg
	end literal

	func runtime.deferenter
	bx	lr
	end runtime.deferenter

	func deferring
	push	{r4, lr}
	bl	runtime.deferenter
	pop	{r4, pc}
	end deferring

	func runtime.leaveStack
	sub	sp, #40
	bl	leaf
	end runtime.leaveStack

	func runtime.gopanic		// 8 + 40 + 24: what is unbounded does not count
	push	{r4, lr}
	bl	runtime.leaveStack
	bl	indirect
	end runtime.gopanic

	func runtime.taskmain		// 8
	push	{r4, lr}
	blx	r0
	bl	leaf
	end runtime.taskmain

	.section .rodata
	.macro	word name
	.type	stack.\name, %object
stack.\name:
	.word	0
	.size	stack.\name, 4
	.endm

	word caller
	word indirect
	word gone
	.type	stack.caller.llvm.17, %object
stack.caller.llvm.17:
	.word	0
	.size	stack.caller.llvm.17, 4
