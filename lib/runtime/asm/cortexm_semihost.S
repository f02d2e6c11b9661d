// Semihosting on Cortex-M: func semihost(op uintptr, arg unsafe.Pointer) uintptr.

	.syntax unified
	.thumb

	.section .text.runtime.semihost, "ax", %progbits
	.globl	runtime.semihost
	.type	runtime.semihost, %function
	.thumb_func
runtime.semihost:
	bkpt	#0xab			// r0 operation, r1 argument block; the result is in r0
	bx	lr
	.size	runtime.semihost, . - runtime.semihost
