// Sum and difference of doubles.
#include "soft.h"

// Infinity and NaN; a has the larger magnitude.
static COLD u64 add_special(u64 a, u64 b) {
	if (double_is_nan(a) || double_is_nan(b))
		return DOUBLE_NAN;
	if ((b & ~DOUBLE_SIGN) == DOUBLE_INF && (a ^ b) >> 63)
		return DOUBLE_NAN;
	return a;
}

static inline u64 add(u64 a, u64 b) {
	if ((a & ~DOUBLE_SIGN) < (b & ~DOUBLE_SIGN)) {
		u64 t = a;
		a = b, b = t;
	}
	u32 ah = (u32)(a >> 32), bh = (u32)(b >> 32), sign = ah & 0x80000000u;
	int ea = (int)(ah << 1 >> 21), eb = (int)(bh << 1 >> 21);
	if (RARE(ea == double_max))
		return add_special(a, b);
	// Significands with bit 62 for the hidden one: a carry fits, and ten bits below decide the rounding.
	u64 ma = ((u64)((ah & 0xfffff) << 10 | (u32)a >> 22 | 0x40000000u) << 32) | (u32)a << 10;
	u64 mb = ((u64)((bh & 0xfffff) << 10 | (u32)b >> 22 | 0x40000000u) << 32) | (u32)b << 10;
	if (RARE(eb == 0)) {
		mb &= ~(DOUBLE_SIGN >> 1), eb = 1;
		if (ea == 0)
			ma &= ~(DOUBLE_SIGN >> 1), ea = 1;
	}
	int d = ea - eb;
	if (d != 0)
		mb = shift_sticky64(mb, d);
	if ((i32)(ah ^ bh) >= 0) {
		ma += mb;
		if ((i64)ma < 0)
			ma = ma >> 1 | ((u32)ma & 1), ea++;
	} else {
		ma -= mb;
		if (ma == 0)
			return 0;
		int s = clz64(ma) - 1;
		if (s >= ea)
			s = ea - 1; // the result is subnormal
		ma <<= s, ea -= s;
	}
	if (RARE(ea >= double_max))
		return (u64)sign << 32 | DOUBLE_INF;
	u64 r = ((u64)((u32)(ea - 1) << 20 | sign) << 32) + (ma >> 10);
	u32 rest = (u32)ma & 0x3ff;
	r += rest > 0x200 || (rest == 0x200 && ((u32)r & 1));
	return r;
}

#if defined(__thumb2__) && !defined(MOTE_HOST)
// add_double_thumb2.S comes here with what it leaves out.
u64 builtin_add_double(u64 a, u64 b) { return add(a, b); }
#else
u64 FLOAT(dadd, __adddf3)(u64 a, u64 b) { return add(a, b); }

u64 FLOAT(dsub, __subdf3)(u64 a, u64 b) { return add(a, b ^ DOUBLE_SIGN); }
#endif

#ifdef __arm__
u64 __aeabi_dadd(u64 a, u64 b);

u64 __aeabi_drsub(u64 a, u64 b) { return __aeabi_dadd(b, a ^ DOUBLE_SIGN); }
#endif
