// Conversions of floats from and to integers. A number that does not fit an integer gives its nearest end, a NaN gives 0.
#include "soft.h"

static inline u32 from32(u32 sign, u32 x) {
	if (x == 0)
		return 0;
	int s = clz32(x);
	return float_pack(sign, float_bias + 31 - s, x << s);
}

static inline u32 from64(u32 sign, u64 x) {
	if (x == 0)
		return 0;
	int s = clz64(x);
	x <<= s;
	return float_pack(sign, float_bias + 63 - s, (u32)(x >> 32) | ((u32)x != 0));
}

u32 FLOAT(ui2f, __floatunsisf)(u32 x) { return from32(0, x); }

u32 FLOAT(i2f, __floatsisf)(i32 x) { return x < 0 ? from32(FLOAT_SIGN, -(u32)x) : from32(0, (u32)x); }

u32 FLOAT(ul2f, __floatundisf)(u64 x) { return from64(0, x); }

u32 FLOAT(l2f, __floatdisf)(i64 x) { return x < 0 ? from64(FLOAT_SIGN, -(u64)x) : from64(0, (u64)x); }

static inline int exponent(u32 a) { return (int)(a << 1 >> 24) - float_bias; }

static inline u32 whole32(u32 a) {
	int e = exponent(a);
	return e < 0 ? 0 : (a << 8 | FLOAT_SIGN) >> (31 - e);
}

static inline u64 whole64(u32 a) {
	int e = exponent(a);
	return e < 0 ? 0 : (u64)(a << 8 | FLOAT_SIGN) << 32 >> (63 - e);
}

i32 FLOAT(f2iz, __fixsfsi)(u32 a) {
	if (RARE(exponent(a) >= 31))
		return float_is_nan(a) ? 0 : a >> 31 ? (i32)0x80000000 : 0x7fffffff;
	u32 n = whole32(a);
	return (i32)(a >> 31 ? -n : n);
}

u32 FLOAT(f2uiz, __fixunssfsi)(u32 a) {
	if (RARE(a >> 31) || RARE(exponent(a) >= 32))
		return float_is_nan(a) || a >> 31 ? 0 : 0xffffffff;
	return whole32(a);
}

i64 FLOAT(f2lz, __fixsfdi)(u32 a) {
	if (RARE(exponent(a) >= 63))
		return float_is_nan(a) ? 0 : a >> 31 ? (i64)DOUBLE_SIGN : (i64)~DOUBLE_SIGN;
	u64 n = whole64(a);
	return (i64)(a >> 31 ? -n : n);
}

u64 FLOAT(f2ulz, __fixunssfdi)(u32 a) {
	if (RARE(a >> 31) || RARE(exponent(a) >= 64))
		return float_is_nan(a) || a >> 31 ? 0 : ~0ull;
	return whole64(a);
}
