// The system tick of a Cortex-M: counts, and asks for a context switch once there is a scheduler.

	.syntax unified
	.thumb

	.section .bss.mote_tick, "aw", %nobits
	.globl	mote_tick
	.type	mote_tick, %object
	.balign	4
mote_tick:
	.space	12			// ticks since the start (low, high), scheduler runs
	.size	mote_tick, . - mote_tick

#if MOTE_CORES > 1
// Only core 0 has a tick, and time is another counter's (lib/runtime/tick_multi.go).
	.section .text.SysTick_Handler, "ax", %progbits
	.globl	SysTick_Handler
	.type	SysTick_Handler, %function
	.thumb_func
SysTick_Handler:
	push	{r4, lr}
	bl	runtime.clocktick
	ldr	r0, =mote_tick
	ldr	r1, [r0, #8]
	cbz	r1, 1f
	ldr	r0, =mote_sched
	str	r1, [r0, #4]		// there was a tick
	ldr	r0, =0xe000ed04		// ICSR.PENDSVSET
	lsls	r1, r1, #28
	str	r1, [r0]
1:	pop	{r4, pc}
	.size	SysTick_Handler, . - SysTick_Handler
#else
	.section .text.SysTick_Handler, "ax", %progbits
	.globl	SysTick_Handler
	.type	SysTick_Handler, %function
	.thumb_func
SysTick_Handler:
	ldr	r0, =mote_tick
	ldr	r1, [r0]
	adds	r1, #1
	str	r1, [r0]
	bne	1f
	ldr	r1, [r0, #4]
	adds	r1, #1
	str	r1, [r0, #4]
1:	ldr	r1, [r0, #8]
	cmp	r1, #0
	beq	2f
	ldr	r0, =mote_sched
	str	r1, [r0, #4]		// there was a tick
	ldr	r0, =0xe000ed04		// ICSR.PENDSVSET
	movs	r1, #1
	lsls	r1, r1, #28
	str	r1, [r0]
2:	bx	lr
	.size	SysTick_Handler, . - SysTick_Handler
#endif

// func tickenable(reload uintptr): SysTick counts processor clocks from reload down to 0 and interrupts on each wrap.
// Its priority is one above PendSV's, which is the lowest; both before it starts.
	.section .text.runtime.tickenable, "ax", %progbits
	.globl	runtime.tickenable
	.type	runtime.tickenable, %function
	.thumb_func
runtime.tickenable:
	ldr	r1, =0xe000ed20		// SHPR3: SysTick 31:24, PendSV 23:16
	ldr	r2, =mote_priorities
	ldr	r2, [r2]
	str	r2, [r1]
	ldr	r1, =0xe000e010
	str	r0, [r1, #4]		// RVR
	movs	r2, #0
	str	r2, [r1, #8]		// CVR: any write clears it
	movs	r2, #7			// CSR: processor clock, interrupt, enable
	str	r2, [r1]
	bx	lr
	.size	runtime.tickenable, . - runtime.tickenable

// v6-M has two priority bits, QEMU's v7-M and v8-M boards at least three: 0xc0 and 0xe0 would be one level on v6-M.
	.section .rodata.mote_priorities, "a", %progbits
	.balign	4
	.globl	mote_priorities
mote_priorities:
#if __ARM_ARCH == 6
	.word	0x80c00000
#else
	.word	0xc0ff0000
#endif
