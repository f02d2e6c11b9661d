// The routines of any size: LLVM calls them for an operand it cannot prove aligned to its size, as Go's 8-byte values on 32 bits.
#include "../builtins.h"
#include "mask.h"

static inline void copy(u8 *d, const u8 *s, usize n) {
	while (n-- != 0)
		*d++ = *s++;
}

void atomic_load(usize n, void *p, void *to, int order) __asm__("__atomic_load");
void atomic_load(usize n, void *p, void *to, int order) {
	u32 was = interrupts_off();
	copy(to, p, n);
	interrupts_restore(was);
}

void atomic_store(usize n, void *p, void *from, int order) __asm__("__atomic_store");
void atomic_store(usize n, void *p, void *from, int order) {
	u32 was = interrupts_off();
	copy(p, from, n);
	interrupts_restore(was);
}

void atomic_exchange(usize n, void *p, void *from, void *old, int order) __asm__("__atomic_exchange");
void atomic_exchange(usize n, void *p, void *from, void *old, int order) {
	u32 was = interrupts_off();
	copy(old, p, n);
	copy(p, from, n);
	interrupts_restore(was);
}

_Bool atomic_compare_exchange(usize n, void *p, void *expected, void *desired, int success, int failure) __asm__("__atomic_compare_exchange");
_Bool atomic_compare_exchange(usize n, void *p, void *expected, void *desired, int success, int failure) {
	u8 *a = p, *b = expected;
	u32 was = interrupts_off();
	_Bool same = 1;
	for (usize i = 0; i < n; i++)
		if (a[i] != b[i])
			same = 0;
	if (same)
		copy(a, desired, n);
	else
		copy(b, a, n);
	interrupts_restore(was);
	return same;
}
