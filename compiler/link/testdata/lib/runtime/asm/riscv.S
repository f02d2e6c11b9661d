// The smallest start-up that a test program needs: copy .data, clear .bss, call runtime.start.
	.section .text.Reset_Handler,"ax",@progbits
	.globl Reset_Handler
	.type Reset_Handler,@function
Reset_Handler:
	la sp, _stack_top
	la a0, _data_start
	la a1, _data_end
	la a2, _data_load
1:	bgeu a0, a1, 2f
	lw a3, 0(a2)
	sw a3, 0(a0)
	addi a0, a0, 4
	addi a2, a2, 4
	j 1b
2:	la a0, _bss_start
	la a1, _bss_end
3:	bgeu a0, a1, 4f
	sw zero, 0(a0)
	addi a0, a0, 4
	j 3b
4:	call runtime.start
	.size Reset_Handler, . - Reset_Handler

	.section .text.semihost,"ax",@progbits
	.globl semihost
	.type semihost,@function
	.balign 16
semihost:
	.option push
	.option norvc
	slli zero, zero, 0x1f
	ebreak
	srai zero, zero, 7
	.option pop
	ret
	.size semihost, . - semihost
