// Product of doubles.
#include "soft.h"

// Zero, infinity, NaN and subnormal operands.
static COLD u64 multiply_special(u64 a, u64 b) {
	u64 sign = (a ^ b) & DOUBLE_SIGN, low;
	int ea, eb;
	if (double_is_nan(a) || double_is_nan(b))
		return DOUBLE_NAN;
	a &= ~DOUBLE_SIGN, b &= ~DOUBLE_SIGN;
	if (a == DOUBLE_INF || b == DOUBLE_INF)
		return a == 0 || b == 0 ? DOUBLE_NAN : sign | DOUBLE_INF;
	if (a == 0 || b == 0)
		return sign;
	a = double_unpack(a, &ea), b = double_unpack(b, &eb);
	u64 m = multiply_wide(a, b, &low);
	int e = ea + eb - double_bias + 1;
	if (!(m >> 63))
		m = m << 1 | low >> 63, low <<= 1, e--;
	return double_pack(sign, e, m | (low != 0));
}

#if defined(__thumb2__) && !defined(MOTE_HOST)
// mul_double_thumb2.S comes here with what it leaves out.
u64 builtin_multiply_double(u64 a, u64 b) {
	return multiply_special(a, b);
}
#else
u64 FLOAT(dmul, __muldf3)(u64 a, u64 b) {
	u32 ah = (u32)(a >> 32), bh = (u32)(b >> 32);
	u32 sign = (ah ^ bh) & 0x80000000u;
	u32 ea = ah << 1 >> 21, eb = bh << 1 >> 21;
	if (RARE(ea - 1 >= double_max - 1) || RARE(eb - 1 >= double_max - 1))
		return multiply_special(a, b);
	// (2^63..2^64) * (2^53..2^54): the upper word pair is the product with one or two bits before the 53 that stay.
	u64 ma = ((u64)(ah << 11 | (u32)a >> 21 | 0x80000000u) << 32) | (u32)a << 11;
	u64 mb = ((u64)((bh & 0xfffff) << 1 | 0x200000 | (u32)b >> 31) << 32) | (u32)b << 1;
	u64 low, m = multiply_wide(ma, mb, &low);
	int e = (int)(ea + eb) - double_bias;
	if (m >> 53 == 0)
		m = m << 1 | low >> 63, low <<= 1, e--;
	// m has 54 bits: 53 and the one that rounds.
	if (RARE((u32)e >= double_max - 2))
		return double_pack((u64)sign << 32, e + 1, m << 10 | (low != 0));
	u64 r = ((u64)((u32)e << 20 | sign) << 32) + (m >> 1);
	if ((u32)m & 1)
		r += low != 0 ? 1 : (u32)r & 1;
	return r;
}
#endif
