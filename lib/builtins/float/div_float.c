// Quotient of floats.
#include "soft.h"

// The quotient of a / b, b in [2^23, 2^24) and a in [b, 2b), as 32 bits with a sticky bit 0.
static inline u32 quotient(u32 a, u32 b) {
	u32 q = 0;
#if defined(__ARM_ARCH_6M__)
	for (int i = 0; i < 32; i++, a <<= 1) {
		q <<= 1;
		if (a >= b)
			a -= b, q |= 1;
	}
	return q | (a != 0);
#else
	// Four digits of 8 bits from the divide instruction.
	a <<= 7;
	for (int i = 0; i < 3; i++) {
		u32 digit = a / b;
		a = (a - digit * b) << 8;
		q = q << 8 | digit;
	}
	u32 digit = a / b;
	return q << 8 | digit | (a != digit * b);
#endif
}

u32 FLOAT(fdiv, __divsf3)(u32 a, u32 b) {
	u32 sign = (a ^ b) & FLOAT_SIGN;
	int ea, eb;
	if (float_is_nan(a) || float_is_nan(b))
		return FLOAT_NAN;
	a &= ~FLOAT_SIGN, b &= ~FLOAT_SIGN;
	if (a == FLOAT_INF || b == 0)
		return b == FLOAT_INF || a == 0 ? FLOAT_NAN : sign | FLOAT_INF;
	if (a == 0 || b == FLOAT_INF)
		return sign;
	a = float_unpack(a, &ea) >> 8, b = float_unpack(b, &eb) >> 8;
	int e = ea - eb + float_bias;
	if (a < b)
		a <<= 1, e--;
	return float_pack(sign, e, quotient(a, b));
}
