// Conversions of doubles from and to integers and floats. A number that does not fit an integer gives its nearest end, a NaN gives 0.
#include "soft.h"

u64 FLOAT(ui2d, __floatunsidf)(u32 x) {
	if (x == 0)
		return 0;
	int s = clz32(x);
	u64 m = (u64)(x << s) << 21; // bit 52 is the top bit
	return m + ((u64)(u32)(double_bias + 30 - s) << 52);
}

u64 FLOAT(i2d, __floatsidf)(i32 x) {
	if (x == 0)
		return 0;
	u32 sign = (u32)x & 0x80000000u, abs = x < 0 ? -(u32)x : (u32)x;
	int s = clz32(abs);
	u64 m = (u64)(abs << s) << 21;
	return m + ((u64)((u32)(double_bias + 30 - s) << 20 | sign) << 32);
}

static inline u64 from64(u64 sign, u64 x) {
	if (x == 0)
		return 0;
	int s = clz64(x);
	return double_pack(sign, double_bias + 63 - s, x << s);
}

u64 FLOAT(ul2d, __floatundidf)(u64 x) { return from64(0, x); }

u64 FLOAT(l2d, __floatdidf)(i64 x) {
	return x < 0 ? from64(DOUBLE_SIGN, -(u64)x) : from64(0, (u64)x);
}

// The integer part of the magnitude of a, which is below 2^64.
static inline u64 whole(u64 a) {
	int e = (int)(a >> 52 & double_max) - double_bias;
	return e < 0 ? 0 : (a << 11 | DOUBLE_SIGN) >> (63 - e);
}

// The same for magnitudes below 2^32.
static inline u32 whole32(u64 a) {
	u32 ah = (u32)(a >> 32);
	int e = (int)(ah << 1 >> 21) - double_bias;
	return e < 0 ? 0 : (ah << 11 | (u32)a >> 21 | 0x80000000u) >> (31 - e);
}

static inline int exponent(u64 a) { return (int)((u32)(a >> 32) << 1 >> 21) - double_bias; }

i32 FLOAT(d2iz, __fixdfsi)(u64 a) {
	if (RARE(exponent(a) >= 31))
		return double_is_nan(a) ? 0 : a >> 63 ? (i32)0x80000000 : 0x7fffffff;
	u32 n = whole32(a);
	return (i32)(a >> 63 ? -n : n);
}

u32 FLOAT(d2uiz, __fixunsdfsi)(u64 a) {
	if (RARE(a >> 63) || RARE(exponent(a) >= 32))
		return double_is_nan(a) || a >> 63 ? 0 : 0xffffffff;
	return whole32(a);
}

i64 FLOAT(d2lz, __fixdfdi)(u64 a) {
	if (RARE(exponent(a) >= 63))
		return double_is_nan(a) ? 0 : a >> 63 ? (i64)DOUBLE_SIGN : (i64)~DOUBLE_SIGN;
	u64 n = whole(a);
	return (i64)(a >> 63 ? -n : n);
}

u64 FLOAT(d2ulz, __fixunsdfdi)(u64 a) {
	if (RARE(a >> 63) || RARE(exponent(a) >= 64))
		return double_is_nan(a) || a >> 63 ? 0 : ~0ull;
	return whole(a);
}

u64 FLOAT(f2d, __extendsfdf2)(u32 a) {
	u64 sign = (u64)(a & FLOAT_SIGN) << 32;
	u32 e = a << 1 >> 24;
	if (RARE(e - 1 >= float_max - 1)) {
		if (float_is_nan(a))
			return DOUBLE_NAN | sign;
		a &= ~FLOAT_SIGN;
		if (a == FLOAT_INF)
			return sign | DOUBLE_INF;
		if (a == 0)
			return sign;
		int s = clz32(a) - 8; // subnormal: every one has a normal double
		a = (a << s) & (FLOAT_HIDDEN - 1);
		return sign | (u64)(u32)(double_bias - float_bias + 1 - s) << 52 | (u64)a << 29;
	}
	return sign | ((u64)(a & ~FLOAT_SIGN) << 29) + ((u64)(double_bias - float_bias) << 52);
}

u32 FLOAT(d2f, __truncdfsf2)(u64 a) {
	u32 sign = (u32)(a >> 32) & FLOAT_SIGN;
	int e = exponent(a) + float_bias;
	if (RARE(e >= float_max))
		return double_is_nan(a) ? FLOAT_NAN | sign : sign | FLOAT_INF;
	if (RARE(e < -64))
		return sign;
	u64 m = a << 11 | DOUBLE_SIGN;
	return float_pack(sign, e, (u32)(m >> 32) | ((u32)m != 0));
}
