// The smallest start-up that a test program needs: copy .data, clear .bss, call runtime.start.
	.syntax unified
	.cfi_sections .debug_frame
	.section .text.Reset_Handler,"ax",%progbits
	.globl Reset_Handler
	.type Reset_Handler,%function
	.thumb_func
Reset_Handler:
#if MOTE_FPU
	ldr r0, =0xE000ED88
	ldr r1, =0x00F00000
	str r1, [r0]
	dsb
	isb
#endif
	ldr r0, =_data_start
	ldr r1, =_data_end
	ldr r2, =_data_load
1:	cmp r0, r1
	bhs 2f
	ldr r3, [r2]
	str r3, [r0]
	adds r0, #4
	adds r2, #4
	b 1b
2:	ldr r0, =_bss_start
	ldr r1, =_bss_end
	movs r2, #0
3:	cmp r0, r1
	bhs 4f
	str r2, [r0]
	adds r0, #4
	b 3b
4:	bl runtime.start
	.size Reset_Handler, . - Reset_Handler

	.section .text.Default_Handler,"ax",%progbits
	.globl Default_Handler
	.type Default_Handler,%function
	.thumb_func
Default_Handler:
	ldr r0, =0x20
	ldr r1, =block
	bkpt 0xab
	b Default_Handler
	.size Default_Handler, . - Default_Handler
	.section .rodata.block,"a"
	.balign 4
block:	.word 0x20026, 99

	.section .text.semihost,"ax",%progbits
	.globl semihost
	.type semihost,%function
	.thumb_func
semihost:
	bkpt 0xab
	bx lr
	.size semihost, . - semihost
