// mote_zero: 1024 zero bytes (abi.ZeroValSize) that accesses of missing map keys and zero values of reflect point at.
	.section .rodata.mote_zero, "a"
	.balign 8
	.global mote_zero
	.type mote_zero, %object
mote_zero:
	.space 1024
	.size mote_zero, 1024
