// The vector table in RAM, filled by runtime.setvector. Linked only into programs that call rtos.SetVector.

	.syntax unified
	.thumb

#ifndef MOTE_IRQS
#define MOTE_IRQS 32
#endif

// Aligned as the one in flash (cortexm_start.S).
	.section .bss.mote_ram_vectors, "aw", %nobits
	.globl	mote_ram_vectors
	.type	mote_ram_vectors, %object
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
mote_ram_vectors:
	.space	4 * (16 + MOTE_IRQS)
	.size	mote_ram_vectors, . - mote_ram_vectors
