// mote_atomic_lock: held by the core that is in one of the routines of atomic/ (see atomic/mask.h).
#if MOTE_CORES > 1
	.section .bss.mote_atomic_lock, "aw", %nobits
	.balign 4
	.global mote_atomic_lock
	.type mote_atomic_lock, %object
mote_atomic_lock:
	.space 4
	.size mote_atomic_lock, 4
#endif
