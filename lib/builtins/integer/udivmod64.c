// 64-bit unsigned division with remainder, the core of every 64-bit division routine. The divisor is not zero: compiled code checks.
//
// With a divide instruction a quotient of 64 by 32 bits is two digits of 16 bits (Knuth's algorithm D); a divisor above 32 bits
// leaves a one-word quotient, estimated from the divisor's upper 32 bits and at most one too large. Without one (v6-M), bit by bit.
#include "../builtins.h"
#include "divide.h"

#if !defined(__ARM_ARCH_6M__)

// hi:lo / d for hi < d; the remainder goes to *rem.
static inline u32 divide_2by1(u32 hi, u32 lo, u32 d, u32 *rem) {
	int s = clz32(d);
	d <<= s;
	if (s != 0) {
		hi = hi << s | lo >> (32 - s);
		lo <<= s;
	}
	u32 dh = d >> 16, dl = d & 0xffff;
	u32 q1 = hi / dh;
	u32 r = hi - q1 * dh;
	while (q1 >> 16 || q1 * dl > (r << 16 | lo >> 16)) {
		q1--, r += dh;
		if (r >> 16)
			break;
	}
	u32 mid = (hi << 16 | lo >> 16) - q1 * d;
	u32 q0 = mid / dh;
	r = mid - q0 * dh;
	while (q0 >> 16 || q0 * dl > (r << 16 | (lo & 0xffff))) {
		q0--, r += dh;
		if (r >> 16)
			break;
	}
	*rem = ((mid << 16 | (lo & 0xffff)) - q0 * d) >> s;
	return q1 << 16 | q0;
}

u64 NAME(builtin_udivmod64)(u64 n, u64 d, u64 *rem) {
	u32 nh = (u32)(n >> 32), nl = (u32)n, dh = (u32)(d >> 32), dl = (u32)d;
	if (nh == 0) {
		if (dh != 0) {
			*rem = n;
			return 0;
		}
		u32 q = nl / dl;
		*rem = nl - q * dl;
		return q;
	}
	if (dh == 0) {
		u32 qh = 0, r;
		if (nh >= dl) {
			qh = nh / dl;
			nh -= qh * dl;
		}
		u32 ql = divide_2by1(nh, nl, dl, &r);
		*rem = r;
		return (u64)qh << 32 | ql;
	}
	if (n < d) {
		*rem = n;
		return 0;
	}
	int s = clz32(dh);
	u32 top = (u32)(d << s >> 32), r;
	u32 q = divide_2by1(nh >> 1, nh << 31 | nl >> 1, top, &r) >> (31 - s);
	if (q != 0)
		q--;
	u64 left = n - (u64)q * d;
	if (left >= d)
		q++, left -= d;
	*rem = left;
	return q;
}

#else

u64 NAME(builtin_udivmod64)(u64 n, u64 d, u64 *rem) {
	if ((n | d) >> 32 == 0) {
		u32 q = (u32)n / (u32)d;
		*rem = (u32)n - q * (u32)d;
		return q;
	}
	if (n < d) {
		*rem = n;
		return 0;
	}
	int s = clz64(d) - clz64(n);
	u64 q = 0;
	for (d <<= s; s >= 0; s--, d >>= 1) {
		q <<= 1;
		if (n >= d)
			n -= d, q |= 1;
	}
	*rem = n;
	return q;
}

#endif
