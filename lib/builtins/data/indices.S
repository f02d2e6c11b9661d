// mote_indices: the numbers 0 to 255 as 64-bit little-endian words, which reflect uses as one-element index slices.
// In assembly because no Go variable is provably never written when its address leaves the package, and RAM is dear.
	.section .rodata.mote_indices, "a"
	.balign 8
	.global mote_indices
	.type mote_indices, %object
mote_indices:
	.set i, 0
	.rept 256
	.word i, 0
	.set i, i + 1
	.endr
	.size mote_indices, . - mote_indices
