// The __atomic_* routines of one operand size. The including file defines TYPE and SIZE (1, 2, 4 or 8).
// The order arguments are ignored: masking interrupts on a single core is sequentially consistent.
#include "../builtins.h"
#include "mask.h"

#define PASTE(a, b) a##b
#define SIZED2(name, size) PASTE(name, size)
#define SIZED(name) NAME(SIZED2(name, SIZE))

TYPE SIZED(__atomic_load_)(const volatile TYPE *p, int order) {
#if SIZE == 8
	u32 was = interrupts_off();
	TYPE v = *p;
	interrupts_restore(was);
	return v;
#else
	return *p;
#endif
}

void SIZED(__atomic_store_)(volatile TYPE *p, TYPE v, int order) {
#if SIZE == 8
	u32 was = interrupts_off();
	*p = v;
	interrupts_restore(was);
#else
	*p = v;
#endif
}

TYPE SIZED(__atomic_exchange_)(volatile TYPE *p, TYPE v, int order) {
	u32 was = interrupts_off();
	TYPE old = *p;
	*p = v;
	interrupts_restore(was);
	return old;
}

_Bool SIZED(__atomic_compare_exchange_)(volatile TYPE *p, TYPE *expected, TYPE v, int success, int failure) {
	u32 was = interrupts_off();
	TYPE old = *p;
	_Bool same = old == *expected;
	if (same)
		*p = v;
	else
		*expected = old;
	interrupts_restore(was);
	return same;
}

#define FETCH(name, op)                                                        \
	TYPE SIZED(__atomic_fetch_##name##_)(volatile TYPE * p, TYPE v, int order) { \
		u32 was = interrupts_off();                                            \
		TYPE old = *p;                                                         \
		*p = (TYPE)(op);                                                       \
		interrupts_restore(was);                                               \
		return old;                                                            \
	}

FETCH(add, old + v)
FETCH(sub, old - v)
FETCH(and, old & v)
FETCH(or, old | v)
FETCH(xor, old ^ v)
FETCH(nand, ~(old & v))
