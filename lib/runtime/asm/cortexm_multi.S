// What Cortex-M with several cores need besides: the context switch, whose queues are runtime.schedentry's, the interrupt by which another core
// requests one, and the start of another core. lib/runtime/lock_multi.go has the layout below the stack limit.

	.syntax unified
	.thumb

#if MOTE_CORES > 1
	.section .text.PendSV_Handler, "ax", %progbits
	.globl	PendSV_Handler
	.type	PendSV_Handler, %function
	.thumb_func
PendSV_Handler:
	mrs	r3, psplim
	ldr	r1, [r3, #-124]		// depth of the kernel
	cbnz	r1, 1f			// unlockSched pends again
	mrs	r0, psp
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vstmdbeq r0!, {s16-s31}
#endif
	stmdb	r0!, {r3-r11, lr}
	bl	runtime.schedentry
	ldmia	r0!, {r3-r11, lr}
	msr	psplim, r3
#ifdef __ARM_FP
	tst	lr, #0x10
	it	eq
	vldmiaeq r0!, {s16-s31}
#endif
	msr	psp, r0
	bx	lr
1:	movs	r1, #1
	str	r1, [r3, #-120]
	bx	lr
	.size	PendSV_Handler, . - PendSV_Handler

// func spillAndAwait(): as spillAndCall, for one function.
	.section .text.runtime.spillAndAwait, "ax", %progbits
	.globl	runtime.spillAndAwait
	.type	runtime.spillAndAwait, %function
	.thumb_func
runtime.spillAndAwait:
	push	{r3-r11, lr}
	bl	runtime.awaitKernel
	add	sp, #36			// it has preserved them
	pop	{pc}
	.size	runtime.spillAndAwait, . - runtime.spillAndAwait

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
