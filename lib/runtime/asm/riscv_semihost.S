// Semihosting on RISC-V: func semihost(op uintptr, arg unsafe.Pointer) uintptr.
// The three instructions are uncompressed and must lie in one page (RISC-V Semihosting 0.2, section 2).

	.section .text.runtime.semihost, "ax", @progbits
	.globl	runtime.semihost
	.type	runtime.semihost, @function
	.balign	16
runtime.semihost:
	.option push
	.option norvc
	slli	zero, zero, 0x1f
	ebreak
	srai	zero, zero, 7
	.option pop
	ret
	.size	runtime.semihost, . - runtime.semihost
