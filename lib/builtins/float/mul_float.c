// Product of floats.
#include "soft.h"

u32 FLOAT(fmul, __mulsf3)(u32 a, u32 b) {
	u32 sign = (a ^ b) & FLOAT_SIGN;
	int ea, eb;
	if (float_is_nan(a) || float_is_nan(b))
		return FLOAT_NAN;
	a &= ~FLOAT_SIGN, b &= ~FLOAT_SIGN;
	if (RARE(a == FLOAT_INF) || RARE(b == FLOAT_INF))
		return a == 0 || b == 0 ? FLOAT_NAN : sign | FLOAT_INF;
	if (a == 0 || b == 0)
		return sign;
	a = float_unpack(a, &ea), b = float_unpack(b, &eb);
	u64 product = (u64)a * b;
	u32 m = (u32)(product >> 32) | ((u32)product != 0);
	int e = ea + eb - float_bias + 1;
	if (!(m >> 31))
		m = (u32)(product >> 31) | ((u32)(product << 1) != 0), e--;
	return float_pack(sign, e, m);
}
