// Interrupts off and back: on one core that makes any short sequence atomic.
#ifndef MOTE_MASK_H
#define MOTE_MASK_H

#if defined(__arm__)
static inline u32 interrupts_off(void) {
	u32 was;
	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(was) : : "memory");
	return was;
}
static inline void interrupts_restore(u32 was) {
	__asm__ volatile("msr primask, %0" : : "r"(was) : "memory");
}
#elif defined(__riscv)
static inline u32 interrupts_off(void) {
	u32 was;
	__asm__ volatile("csrrci %0, mstatus, 8" : "=r"(was) : : "memory");
	return was & 8;
}
static inline void interrupts_restore(u32 was) {
	__asm__ volatile("csrs mstatus, %0" : : "r"(was) : "memory");
}
#else
static inline u32 interrupts_off(void) { return 0; }
static inline void interrupts_restore(u32 was) { (void)was; }
#endif

#endif
