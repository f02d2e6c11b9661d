// Comparison of doubles.
#include "soft.h"

static inline int unordered(u64 a, u64 b) { return double_is_nan(a) || double_is_nan(b); }

static inline int equal(u64 a, u64 b) { return a == b || (a | b) << 1 == 0; }

// a < b for numbers that are not NaN.
static inline int less(u64 a, u64 b) {
	if ((i64)(a & b) < 0)
		return b < a;
	if ((i64)(a ^ b) < 0)
		return (i64)a < 0 && (a | b) << 1 != 0;
	return a < b;
}

#ifdef __arm__
int __aeabi_dcmpeq(u64 a, u64 b) { return !unordered(a, b) && equal(a, b); }
int __aeabi_dcmplt(u64 a, u64 b) { return !unordered(a, b) && less(a, b); }
int __aeabi_dcmple(u64 a, u64 b) { return !unordered(a, b) && !less(b, a); }
int __aeabi_dcmpge(u64 a, u64 b) { return !unordered(a, b) && !less(a, b); }
int __aeabi_dcmpgt(u64 a, u64 b) { return !unordered(a, b) && less(b, a); }
int __aeabi_dcmpun(u64 a, u64 b) { return unordered(a, b); }
#else
static inline int order(u64 a, u64 b, int nan) {
	if (unordered(a, b))
		return nan;
	return less(a, b) ? -1 : !equal(a, b);
}

// The result compares with 0 as a does with b; with a NaN the comparison that gives the function its name is false.
int NAME(__ltdf2)(u64 a, u64 b) { return order(a, b, 1); }
int NAME(__ledf2)(u64 a, u64 b) { return order(a, b, 1); }
int NAME(__eqdf2)(u64 a, u64 b) { return order(a, b, 1); }
int NAME(__nedf2)(u64 a, u64 b) { return order(a, b, 1); }
int NAME(__gtdf2)(u64 a, u64 b) { return order(a, b, -1); }
int NAME(__gedf2)(u64 a, u64 b) { return order(a, b, -1); }
int NAME(__unorddf2)(u64 a, u64 b) { return unordered(a, b); }
#endif
