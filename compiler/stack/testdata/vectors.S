	.syntax unified
	.thumb

	.macro	func name, bytes
	.globl	\name
	.type	\name, %function
	.thumb_func
\name:
	sub	sp, #\bytes
	add	sp, #\bytes
	bx	lr
	.size	\name, . - \name
	.endm

	.section .isr_vector, "a", %progbits
	.word	0x20001000
	.word	leaf				// Reset
	.rept	12
	.word	Default_Handler
	.endr
	.word	PendSV_Handler
	.word	SysTick_Handler
	.word	first				// interrupts 0 to 3
	.word	second
	.word	third
	.word	Default_Handler

	.text
	func	leaf, 8
	func	Default_Handler, 64
	func	PendSV_Handler, 16
	func	SysTick_Handler, 24
	func	first, 32
	func	second, 48
	func	third, 40
