// Sum and difference of floats.
#include "soft.h"

// Infinity and NaN; a has the larger magnitude.
static COLD u32 add_special(u32 a, u32 b) {
	if (float_is_nan(a) || float_is_nan(b))
		return FLOAT_NAN;
	if ((b & ~FLOAT_SIGN) == FLOAT_INF && (a ^ b) >> 31)
		return FLOAT_NAN;
	return a;
}

static inline u32 add(u32 a, u32 b) {
	if (a << 1 < b << 1) {
		u32 t = a;
		a = b, b = t;
	}
	u32 sign = a & FLOAT_SIGN;
	int ea = (int)(a << 1 >> 24), eb = (int)(b << 1 >> 24);
	if (RARE(ea == float_max))
		return add_special(a, b);
	// Significands with bit 30 for the hidden one.
	u32 ma = (a << 7 & 0x3fffffff) | 0x40000000, mb = (b << 7 & 0x3fffffff) | 0x40000000;
	if (RARE(eb == 0)) {
		mb &= 0x3fffffff, eb = 1;
		if (ea == 0)
			ma &= 0x3fffffff, ea = 1;
	}
	int d = ea - eb;
	if (d != 0)
		mb = shift_sticky32(mb, d);
	if ((i32)(a ^ b) >= 0) {
		ma += mb;
		if ((i32)ma < 0)
			ma = ma >> 1 | (ma & 1), ea++;
	} else {
		ma -= mb;
		if (ma == 0)
			return 0;
		int s = clz32(ma) - 1;
		if (s >= ea)
			s = ea - 1; // the result is subnormal
		ma <<= s, ea -= s;
	}
	if (RARE(ea >= float_max))
		return sign | FLOAT_INF;
	u32 r = ((u32)(ea - 1) << 23 | sign) + (ma >> 7), rest = ma & 0x7f;
	r += rest > 0x40 || (rest == 0x40 && (r & 1));
	return r;
}

u32 FLOAT(fadd, __addsf3)(u32 a, u32 b) { return add(a, b); }

u32 FLOAT(fsub, __subsf3)(u32 a, u32 b) { return add(a, b ^ FLOAT_SIGN); }

#ifdef __arm__
u32 __aeabi_frsub(u32 a, u32 b) { return add(b, a ^ FLOAT_SIGN); }
#endif
