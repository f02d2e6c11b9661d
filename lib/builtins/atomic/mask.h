// Interrupts off and back: on one core that makes any short sequence atomic. On several, mote_atomic_lock does besides.
#ifndef MOTE_MASK_H
#define MOTE_MASK_H

#if defined(__arm__)
#if MOTE_CORES > 1
extern u32 mote_atomic_lock;
static inline void lock_cores(void) {
	while (__atomic_exchange_n(&mote_atomic_lock, 1, __ATOMIC_ACQUIRE) != 0)
		;
}
static inline void unlock_cores(void) { __atomic_store_n(&mote_atomic_lock, 0, __ATOMIC_RELEASE); }
#else
static inline void lock_cores(void) {}
static inline void unlock_cores(void) {}
#endif
static inline u32 interrupts_off(void) {
	u32 was;
	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(was) : : "memory");
	lock_cores();
	return was;
}
static inline void interrupts_restore(u32 was) {
	unlock_cores();
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
