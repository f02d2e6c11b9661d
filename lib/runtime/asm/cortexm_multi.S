// What Cortex-M with several cores need besides: the interrupt by which another core requests a context switch, and the start of another core.

	.syntax unified
	.thumb

#if MOTE_CORES > 1
// The message of another core: a request to switch.
	.section .text.IRQ6_Handler, "ax", %progbits
	.globl	IRQ6_Handler
	.type	IRQ6_Handler, %function
	.thumb_func
IRQ6_Handler:
	ldr	r0, =0x5001f000		// CPU_IDENTITY
	ldr	r0, [r0]
	ldr	r1, =0x50003008		// CPU0INTR_CLR, 16 bytes apart
	movs	r2, #1
	add	r1, r1, r0, lsl #4
	str	r2, [r1]
	ldr	r0, =0xe000ed04		// ICSR.PENDSVSET
	lsls	r2, r2, #28
	str	r2, [r0]
	dsb				// the request is gone before this ends
	bx	lr
	.size	IRQ6_Handler, . - IRQ6_Handler

	.section .rodata.mote_core_vectors, "a", %progbits
	.balign	128
	.globl	mote_core_vectors
	.type	mote_core_vectors, %object
mote_core_vectors:
	.word	_core_stack_top
	.word	Core_Handler
	.rept	14
	.word	Default_Handler
	.endr
	.size	mote_core_vectors, . - mote_core_vectors

	.section .bss.mote_core_start, "aw", %nobits
	.globl	mote_core_start
	.type	mote_core_start, %object
	.balign	4
mote_core_start:
	.space	8			// stack pointer and limit of its idle goroutine
	.size	mote_core_start, . - mote_core_start

// The reset of a core that runtime.startcore has started.
	.section .text.Core_Handler, "ax", %progbits
	.globl	Core_Handler
	.type	Core_Handler, %function
	.thumb_func
Core_Handler:
	ldr	r0, =mote_core_start
	ldrd	r1, r2, [r0]
	msr	psp, r1
	msr	psplim, r2
	ldr	r2, =_core_stack_bottom
	msr	msplim, r2
	movs	r0, #2			// CONTROL.SPSEL: thread mode uses PSP
	msr	control, r0
	isb
	ldr	r0, =0xe000ed08		// VTOR
	ldr	r1, =mote_vectors
	str	r1, [r0]
	ldr	r1, [r0, #0x1c]		// SHCSR: MemManage, BusFault and UsageFault report themselves
	orr	r1, r1, #0x70000
	str	r1, [r0, #0x1c]
	ldr	r1, =mote_priorities
	ldr	r1, [r1]
	str	r1, [r0, #0x18]		// SHPR3
#ifdef __ARM_FP
	ldr	r0, =0xe000ed88		// CPACR: full access to CP10 and CP11
	ldr	r1, [r0]
	orr	r1, r1, #0xf00000
	str	r1, [r0]
#endif
	dsb
	isb
	bl	runtime.coremain
	udf	#0			// coremain does not return
	.size	Core_Handler, . - Core_Handler
#endif
