// Start of a Cortex-M image: vector table, Reset_Handler and the handler of everything that nobody handles.
// Always linked. See doc/spec/abi.md, "Assembly" and "Start and end".

	.syntax unified
	.thumb

#ifndef MOTE_IRQS
#define MOTE_IRQS 32
#endif

// --- Vector table -------------------------------------------------------------------------------------------------
// VTOR wants the table aligned to the next power of two of its size (Armv7-M ARM B3.2.5).

	.section .isr_vector, "a", %progbits
#if MOTE_IRQS <= 16
	.balign 128
#elif MOTE_IRQS <= 48
	.balign 256
#elif MOTE_IRQS <= 112
	.balign 512
#elif MOTE_IRQS <= 240
	.balign 1024
#else
	.balign 2048
#endif
	.globl	mote_vectors
	.type	mote_vectors, %object

	.macro vector name
	.weak	\name
	.thumb_set \name, Default_Handler
	.word	\name
	.endm

	.macro irq number
	vector IRQ\number\()_Handler
	.endm

mote_vectors:
	.word	_stack_top
	.word	Reset_Handler
	vector	NMI_Handler
	vector	HardFault_Handler
	vector	MemManage_Handler
	vector	BusFault_Handler
	vector	UsageFault_Handler
	vector	SecureFault_Handler
	vector	Reserved8_Handler
	vector	Reserved9_Handler
	vector	Reserved10_Handler
	vector	SVC_Handler
	vector	DebugMon_Handler
	vector	Reserved13_Handler
	vector	PendSV_Handler
	vector	SysTick_Handler

	.altmacro
	.set	irq_number, 0
	.rept	MOTE_IRQS
	irq	%irq_number
	.set	irq_number, irq_number + 1
	.endr
	.noaltmacro
	.size	mote_vectors, . - mote_vectors

// --- Reset --------------------------------------------------------------------------------------------------------
// Enters with MSP = _stack_top. Thread mode goes to PSP at once, so that a goroutine that runs before there is a
// scheduler needs nothing changed when one starts.

	.section .text.Reset_Handler, "ax", %progbits
	.globl	Reset_Handler
	.type	Reset_Handler, %function
	.thumb_func
Reset_Handler:
	ldr	r0, =_main_stack_top
	msr	psp, r0
#if __ARM_ARCH >= 8
	ldr	r0, =_main_stack_bottom
	msr	psplim, r0
	ldr	r0, =_stack_bottom
	msr	msplim, r0
#endif
	movs	r0, #2			// CONTROL.SPSEL: thread mode uses PSP
	msr	control, r0
	isb

#if __ARM_ARCH >= 7
	ldr	r0, =0xe000ed08		// VTOR: a boot loader may have left its own
	ldr	r1, =mote_vectors
	str	r1, [r0]
	ldr	r1, [r0, #0x1c]		// SHCSR: MemManage, BusFault and UsageFault report themselves
	orr	r1, r1, #0x70000
	str	r1, [r0, #0x1c]
#endif
#ifdef __ARM_FP
	ldr	r0, =0xe000ed88		// CPACR: full access to CP10 and CP11
	ldr	r1, [r0]
	orr	r1, r1, #0xf00000
	str	r1, [r0]
	dsb
	isb
#endif

	ldr	r0, =_data_start
	ldr	r1, =_data_end
	ldr	r2, =_data_load
	b	2f
1:	ldr	r3, [r2]
	str	r3, [r0]
	adds	r2, #4
	adds	r0, #4
2:	cmp	r0, r1
	blo	1b

	ldr	r0, =_bss_start
	ldr	r1, =_bss_end
	movs	r2, #0
	b	4f
3:	str	r2, [r0]
	adds	r0, #4
4:	cmp	r0, r1
	blo	3b

	bl	runtime.start
	udf	#0			// start does not return
	.size	Reset_Handler, . - Reset_Handler

// --- Default handler ----------------------------------------------------------------------------------------------
// runtime.fault(frame, excReturn, exception number). It ends the program, so nothing is kept.

	.section .text.Default_Handler, "ax", %progbits
	.globl	Default_Handler
	.type	Default_Handler, %function
	.thumb_func
Default_Handler:
#if __ARM_ARCH >= 8
	movs	r0, #0			// the report may need more than what is left
	msr	msplim, r0
#endif
	mov	r1, lr
	movs	r2, #4			// EXC_RETURN bit 2: the frame is on PSP
	mrs	r0, msp
	tst	r1, r2
	beq	1f
	mrs	r0, psp
1:	mrs	r2, ipsr
	bl	runtime.fault		// comes back only for a contained goroutine, with its frame
	msr	psp, r0
#if __ARM_ARCH >= 8
	ldr	r2, =_stack_bottom
#if MOTE_CORES > 1
	ldr	r3, =0x5001f000		// CPU_IDENTITY
	ldr	r3, [r3]
	cbz	r3, 2f
	ldr	r2, =_core_stack_bottom
2:
#endif
	msr	msplim, r2
#endif
#ifdef __ARM_FP
	ldr	r3, =0xe000ef34		// FPCCR.LSPACT: its floating point state is given up, too
	ldr	r2, [r3]
	bic	r2, r2, #1
	str	r2, [r3]
#endif
	mov	lr, r1
	bx	lr
	.size	Default_Handler, . - Default_Handler
