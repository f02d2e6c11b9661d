// What the floating point routines share. Numbers are handled as their bits in integer registers, which is also how they are passed:
// the AEABI's routines take them there even where the rest of an image uses the FPU's registers.
#ifndef MOTE_SOFT_H
#define MOTE_SOFT_H

#include "../builtins.h"

// A routine has one name under Arm's run-time ABI and one in GCC's tradition, which RISC-V uses.
#ifdef __arm__
#define FLOAT(aeabi, gnu) __aeabi_##aeabi
#else
#define FLOAT(aeabi, gnu) NAME(gnu)
#endif

#define RARE(x) __builtin_expect(!!(x), 0)
#define COLD __attribute__((noinline, cold))

enum { double_bias = 1023, double_max = 0x7ff, float_bias = 127, float_max = 0xff };

#define DOUBLE_SIGN 0x8000000000000000ull
#define DOUBLE_INF 0x7ff0000000000000ull
#define DOUBLE_NAN 0x7ff8000000000000ull
#define DOUBLE_HIDDEN 0x0010000000000000ull
#define FLOAT_SIGN 0x80000000u
#define FLOAT_INF 0x7f800000u
#define FLOAT_NAN 0x7fc00000u
#define FLOAT_HIDDEN 0x00800000u

static inline int double_is_nan(u64 a) { return a << 1 > DOUBLE_INF << 1; }
static inline int float_is_nan(u32 a) { return a << 1 > FLOAT_INF << 1; }

// Shift right, or-ing the bits that fall out into bit 0.
static inline u64 shift_sticky64(u64 m, int n) {
	return n < 64 ? m >> n | ((m << (64 - n)) != 0) : m != 0;
}
static inline u32 shift_sticky32(u32 m, int n) {
	return n < 32 ? m >> n | ((m << (32 - n)) != 0) : m != 0;
}

// The double nearest to m * 2^(e - 1023 - 63), ties to even. m has bit 63 set; e may be out of range: infinity or a subnormal number results.
static inline u64 double_pack(u64 sign, int e, u64 m) {
	u64 r = 0;
	if (e >= double_max)
		return sign | DOUBLE_INF;
	if (e > 0)
		r = (u64)(u32)(e - 1) << 52;
	else
		m = shift_sticky64(m, 1 - e);
	u32 rest = (u32)m & 0x7ff;
	r += m >> 11; // the hidden bit adds 1 to the exponent, and so does a carry out of the fraction
	r += rest > 0x400 || (rest == 0x400 && ((u32)r & 1));
	return sign | r;
}

// The float nearest to m * 2^(e - 127 - 31), as double_pack.
static inline u32 float_pack(u32 sign, int e, u32 m) {
	u32 r = 0;
	if (e >= float_max)
		return sign | FLOAT_INF;
	if (e > 0)
		r = (u32)(e - 1) << 23;
	else
		m = shift_sticky32(m, 1 - e);
	u32 rest = m & 0xff;
	r += m >> 8;
	r += rest > 0x80 || (rest == 0x80 && (r & 1));
	return sign | r;
}

// A finite number other than zero as significand with its top bit set, and exponent as double_pack takes it.
static inline u64 double_unpack(u64 a, int *e) {
	int s;
	*e = (int)(a >> 52) & double_max;
	if (*e != 0)
		return a << 11 | DOUBLE_SIGN;
	a <<= 1, a >>= 1;
	s = clz64(a);
	*e = 12 - s;
	return a << s;
}

static inline u32 float_unpack(u32 a, int *e) {
	int s;
	*e = (int)(a >> 23) & float_max;
	if (*e != 0)
		return a << 8 | FLOAT_SIGN;
	a <<= 1, a >>= 1;
	s = clz32(a);
	*e = 9 - s;
	return a << s;
}

// 64 by 64 bits, the upper 64; the lower ones go to *low.
static inline u64 multiply_wide(u64 a, u64 b, u64 *low) {
	u32 a0 = (u32)a, a1 = (u32)(a >> 32), b0 = (u32)b, b1 = (u32)(b >> 32);
	u64 t = (u64)a0 * b0, u = (u64)a1 * b0 + (u32)(t >> 32), v = (u64)a0 * b1 + (u32)u;
	*low = v << 32 | (u32)t;
	return (u64)a1 * b1 + (u32)(u >> 32) + (u32)(v >> 32);
}

#endif
