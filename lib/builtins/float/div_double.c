// Quotient of doubles.
#include "soft.h"

#if defined(__ARM_ARCH_6M__)
// The quotient of a / b, b in [2^52, 2^53) and a in [b, 2b), as 58 bits below 2^58 with a sticky bit 0; bit by bit.
static u64 quotient(u64 a, u64 b) {
	u64 q = 0;
	for (int i = 0; i < 58; i++) {
		q <<= 1;
		if (a >= b)
			a -= b, q |= 1;
		a <<= 1;
	}
	return q | (a != 0);
}
#else
// The quotient of a / b, b in [2^52, 2^53) and a in [b, 2b), as 58 bits below 2^58 with a sticky bit 0.
//
// x is the reciprocal 2^63 / b's upper 32 bits, from 16 bits of the divide instruction and two Newton steps, never too large; each
// multiplication by it gives some 29 more bits of quotient, never too many, and the exact rest tells what is missing.
static inline u64 quotient(u64 a, u64 b) {
	u32 d = (u32)(b >> 21) + 1; // 2^31 < d <= 2^32: 0 stands for 2^32
	u32 x;
	if (RARE(d == 0))
		x = 0x7fffffff;
	else {
		x = (0xffffffffu / ((d >> 16) + 1)) << 15;
		u64 err = (1ull << 63) - (u64)x * d;
		x += (u32)((u64)x * (u32)(err >> 31) >> 32);
		err = (1ull << 63) - (u64)x * d;
		x += (u32)((u64)x * (u32)(err >> 31) >> 32);
	}
	u32 q1 = (u32)((u64)x * (u32)(a >> 22) >> 31);
	u64 rest = (a << 31) - (u64)q1 * (u32)b - ((u64)(q1 * (u32)(b >> 32)) << 32);
	u32 q2 = (u32)((u64)x * (u32)(rest >> 26) >> 32);
	rest = (rest << 26) - (u64)q2 * (u32)b - ((u64)(q2 * (u32)(b >> 32)) << 32);
	u64 q = ((u64)q1 << 26) + q2;
	for (; rest >= b; rest -= b)
		q++;
	return q | (rest != 0);
}
#endif

// Zero, infinity, NaN and subnormal operands.
static COLD u64 divide_special(u64 a, u64 b) {
	u64 sign = (a ^ b) & DOUBLE_SIGN;
	int ea, eb;
	if (double_is_nan(a) || double_is_nan(b))
		return DOUBLE_NAN;
	a &= ~DOUBLE_SIGN, b &= ~DOUBLE_SIGN;
	if (a == DOUBLE_INF || b == 0)
		return b == DOUBLE_INF || a == 0 ? DOUBLE_NAN : sign | DOUBLE_INF;
	if (a == 0 || b == DOUBLE_INF)
		return sign;
	a = double_unpack(a, &ea) >> 11, b = double_unpack(b, &eb) >> 11;
	int e = ea - eb + double_bias;
	if (a < b)
		a <<= 1, e--;
	return double_pack(sign, e, quotient(a, b) << 6);
}

u64 FLOAT(ddiv, __divdf3)(u64 a, u64 b) {
	u32 ah = (u32)(a >> 32), bh = (u32)(b >> 32);
	u64 sign = (u64)((ah ^ bh) & 0x80000000u) << 32;
	u32 ea = ah << 1 >> 21, eb = bh << 1 >> 21;
	if (RARE(ea - 1 >= double_max - 1) || RARE(eb - 1 >= double_max - 1))
		return divide_special(a, b);
	u64 ma = (u64)((ah & 0xfffff) | 0x100000) << 32 | (u32)a;
	u64 mb = (u64)((bh & 0xfffff) | 0x100000) << 32 | (u32)b;
	int e = (int)ea - (int)eb + double_bias;
	if (ma < mb)
		ma <<= 1, e--;
	return double_pack(sign, e, quotient(ma, mb) << 6);
}
