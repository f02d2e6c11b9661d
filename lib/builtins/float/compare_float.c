// Comparison of floats.
#include "soft.h"

static inline int unordered(u32 a, u32 b) { return float_is_nan(a) || float_is_nan(b); }

static inline int equal(u32 a, u32 b) { return a == b || (a | b) << 1 == 0; }

// a < b for numbers that are not NaN.
static inline int less(u32 a, u32 b) {
	if ((i32)(a & b) < 0)
		return b < a;
	if ((i32)(a ^ b) < 0)
		return (i32)a < 0 && (a | b) << 1 != 0;
	return a < b;
}

#ifdef __arm__
int __aeabi_fcmpeq(u32 a, u32 b) { return !unordered(a, b) && equal(a, b); }
int __aeabi_fcmplt(u32 a, u32 b) { return !unordered(a, b) && less(a, b); }
int __aeabi_fcmple(u32 a, u32 b) { return !unordered(a, b) && !less(b, a); }
int __aeabi_fcmpge(u32 a, u32 b) { return !unordered(a, b) && !less(a, b); }
int __aeabi_fcmpgt(u32 a, u32 b) { return !unordered(a, b) && less(b, a); }
int __aeabi_fcmpun(u32 a, u32 b) { return unordered(a, b); }
#else
static inline int order(u32 a, u32 b, int nan) {
	if (unordered(a, b))
		return nan;
	return less(a, b) ? -1 : !equal(a, b);
}

// The result compares with 0 as a does with b; with a NaN the comparison that gives the function its name is false.
int NAME(__ltsf2)(u32 a, u32 b) { return order(a, b, 1); }
int NAME(__lesf2)(u32 a, u32 b) { return order(a, b, 1); }
int NAME(__eqsf2)(u32 a, u32 b) { return order(a, b, 1); }
int NAME(__nesf2)(u32 a, u32 b) { return order(a, b, 1); }
int NAME(__gtsf2)(u32 a, u32 b) { return order(a, b, -1); }
int NAME(__gesf2)(u32 a, u32 b) { return order(a, b, -1); }
int NAME(__unordsf2)(u32 a, u32 b) { return unordered(a, b); }
#endif
