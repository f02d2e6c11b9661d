// The system tick of a Cortex-M: counts, and asks for a context switch once there is a scheduler.

	.syntax unified
	.thumb

	.section .bss.mote_tick, "aw", %nobits
	.globl	mote_tick
	.type	mote_tick, %object
	.balign	4
mote_tick:
	.space	32			// see tickState
	.size	mote_tick, . - mote_tick

	.section .text.SysTick_Handler, "ax", %progbits
	.globl	SysTick_Handler
	.type	SysTick_Handler, %function
	.thumb_func
SysTick_Handler:
	ldr	r0, =mote_tick
	ldr	r1, [r0]
	ldr	r2, [r0, #12]		// ticks that have passed
	adds	r1, r2
	str	r1, [r0]
	bcc	1f
	ldr	r1, [r0, #4]
	adds	r1, #1
	str	r1, [r0, #4]
1:	movs	r1, #1
	str	r1, [r0, #12]
	ldr	r2, [r0, #16]
	cmp	r2, #0
	bne	3f			// a long period was preset
4:	ldr	r1, [r0, #8]
	cmp	r1, #0
	beq	2f
	ldr	r0, =mote_sched
	str	r1, [r0, #4]		// there was a tick
	ldr	r0, =0xe000ed04		// ICSR.PENDSVSET
	lsls	r1, r1, #28
	str	r1, [r0]
2:	bx	lr

// The value tells whether the long period has begun: this may be the end of the one before that was preset too late.
3:	ldr	r3, =0xe000e014
5:	ldr	r1, [r3, #4]
	cmp	r1, #0
	beq	5b			// to be reloaded with the next clock
	ldr	r3, [r0, #20]
	cmp	r1, r3
	blo	4b
	str	r2, [r0, #12]
	movs	r1, #0
	str	r1, [r0, #16]
	subs	r3, #1
	ldr	r1, =0xe000e014
	str	r3, [r1]		// the one behind it is of a tick again
	b	4b
	.size	SysTick_Handler, . - SysTick_Handler

// func tickenable(reload uintptr): SysTick counts processor clocks from reload down to 0 and interrupts on each wrap.
// Its priority is one above PendSV's, which is the lowest; both before it starts. Sets tickState.restart.
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
1:	ldr	r3, [r1, #8]
	cmp	r3, #0
	beq	1b			// to be loaded with the next clock
	ldr	r3, [r1, #8]		// as in runtime.tickrestart, but that the last is a load
	subs	r2, r3, #1
	bls	2f
	str	r0, [r1, #4]
	ldr	r2, [r1, #8]
2:	subs	r3, r2
	adds	r3, #1
	ldr	r0, =mote_tick
	str	r3, [r0, #24]
	bx	lr
	.size	runtime.tickenable, . - runtime.tickenable

// v6-M has two priority bits, QEMU's v7-M and v8-M boards at least three: 0xc0 and 0xe0 would be one level on v6-M.
	.section .rodata.mote_priorities, "a", %progbits
	.balign	4
mote_priorities:
#if __ARM_ARCH == 6
	.word	0x80c00000
#else
	.word	0xc0ff0000
#endif
