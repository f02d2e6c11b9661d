// Soft float against the host's FPU: every pair of special patterns, then random ones in which exponents are close more often than not.
#include "check.h"

typedef uint64_t u64;
typedef uint32_t u32;
typedef int64_t i64;
typedef int32_t i32;

u64 mote___adddf3(u64, u64), mote___subdf3(u64, u64), mote___muldf3(u64, u64), mote___divdf3(u64, u64);
u32 mote___addsf3(u32, u32), mote___subsf3(u32, u32), mote___mulsf3(u32, u32), mote___divsf3(u32, u32);
int mote___ltdf2(u64, u64), mote___ledf2(u64, u64), mote___eqdf2(u64, u64), mote___nedf2(u64, u64), mote___gtdf2(u64, u64), mote___gedf2(u64, u64), mote___unorddf2(u64, u64);
int mote___ltsf2(u32, u32), mote___lesf2(u32, u32), mote___eqsf2(u32, u32), mote___nesf2(u32, u32), mote___gtsf2(u32, u32), mote___gesf2(u32, u32), mote___unordsf2(u32, u32);
u64 mote___floatsidf(i32), mote___floatunsidf(u32), mote___floatdidf(i64), mote___floatundidf(u64), mote___extendsfdf2(u32);
u32 mote___floatsisf(i32), mote___floatunsisf(u32), mote___floatdisf(i64), mote___floatundisf(u64), mote___truncdfsf2(u64);
i32 mote___fixdfsi(u64), mote___fixsfsi(u32);
u32 mote___fixunsdfsi(u64), mote___fixunssfsi(u32);
i64 mote___fixdfdi(u64), mote___fixsfdi(u32);
u64 mote___fixunsdfdi(u64), mote___fixunssfdi(u32);

static int bad;

static void report(const char *what, u64 a, u64 b, u64 got, u64 want) {
	if (bad++ < 20)
		printf("%s(%016llx, %016llx) = %016llx, want %016llx\n", what, (unsigned long long)a, (unsigned long long)b, (unsigned long long)got, (unsigned long long)want);
}

static double as_double(u64 a) {
	double d;
	memcpy(&d, &a, 8);
	return d;
}
static u64 double_bits(double d) {
	u64 a;
	memcpy(&a, &d, 8);
	return a;
}
static float as_float(u32 a) {
	float f;
	memcpy(&f, &a, 4);
	return f;
}
static u32 float_bits(float f) {
	u32 a;
	memcpy(&a, &f, 4);
	return a;
}

static void same_double(const char *what, u64 a, u64 b, u64 got, double want) {
	int nan = got << 1 > 0xffe0000000000000ull;
	if (want != want ? !nan : got != double_bits(want))
		report(what, a, b, got, double_bits(want));
}
static void same_float(const char *what, u64 a, u64 b, u32 got, float want) {
	int nan = got << 1 > 0xff000000u;
	if (want != want ? !nan : got != float_bits(want))
		report(what, a, b, got, float_bits(want));
}
static void same(const char *what, u64 a, u64 b, u64 got, u64 want) {
	if (got != want)
		report(what, a, b, got, want);
}

static void check_doubles(u64 a, u64 b) {
	volatile double x = as_double(a), y = as_double(b);
	same_double("adddf3", a, b, mote___adddf3(a, b), x + y);
	same_double("subdf3", a, b, mote___subdf3(a, b), x - y);
	same_double("muldf3", a, b, mote___muldf3(a, b), x * y);
	same_double("divdf3", a, b, mote___divdf3(a, b), x / y);
	same("ltdf2", a, b, mote___ltdf2(a, b) < 0, x < y);
	same("ledf2", a, b, mote___ledf2(a, b) <= 0, x <= y);
	same("eqdf2", a, b, mote___eqdf2(a, b) == 0, x == y);
	same("nedf2", a, b, mote___nedf2(a, b) != 0, x != y);
	same("gtdf2", a, b, mote___gtdf2(a, b) > 0, x > y);
	same("gedf2", a, b, mote___gedf2(a, b) >= 0, x >= y);
	same("unorddf2", a, b, mote___unorddf2(a, b) != 0, x != x || y != y);
}

static void check_floats(u32 a, u32 b) {
	volatile float x = as_float(a), y = as_float(b);
	same_float("addsf3", a, b, mote___addsf3(a, b), x + y);
	same_float("subsf3", a, b, mote___subsf3(a, b), x - y);
	same_float("mulsf3", a, b, mote___mulsf3(a, b), x * y);
	same_float("divsf3", a, b, mote___divsf3(a, b), x / y);
	same("ltsf2", a, b, mote___ltsf2(a, b) < 0, x < y);
	same("lesf2", a, b, mote___lesf2(a, b) <= 0, x <= y);
	same("eqsf2", a, b, mote___eqsf2(a, b) == 0, x == y);
	same("nesf2", a, b, mote___nesf2(a, b) != 0, x != y);
	same("gtsf2", a, b, mote___gtsf2(a, b) > 0, x > y);
	same("gesf2", a, b, mote___gesf2(a, b) >= 0, x >= y);
	same("unordsf2", a, b, mote___unordsf2(a, b) != 0, x != x || y != y);
}

// Saturating conversions, which C leaves undefined out of range.
static i64 fix(double x, double low, double high, i64 min, i64 max) {
	return x != x ? 0 : x <= low ? min : x >= high ? max : (i64)x;
}
static u64 fix_unsigned(double x, double high, u64 max) {
	return x != x || x <= 0 ? 0 : x >= high ? max : (u64)x;
}

static void check_conversions(u64 a) {
	volatile double x = as_double(a);
	volatile float f = as_float((u32)a);
	same("fixdfsi", a, 0, (u32)mote___fixdfsi(a), (u32)fix(x, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX));
	same("fixdfdi", a, 0, (u64)mote___fixdfdi(a), (u64)fix(x, -0x1p63, 0x1p63, INT64_MIN, INT64_MAX));
	same("fixunsdfsi", a, 0, mote___fixunsdfsi(a), fix_unsigned(x, 0x1p32, UINT32_MAX));
	same("fixunsdfdi", a, 0, mote___fixunsdfdi(a), fix_unsigned(x, 0x1p64, UINT64_MAX));
	same("fixsfsi", a, 0, (u32)mote___fixsfsi((u32)a), (u32)fix(f, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX));
	same("fixsfdi", a, 0, (u64)mote___fixsfdi((u32)a), (u64)fix(f, -0x1p63, 0x1p63, INT64_MIN, INT64_MAX));
	same("fixunssfsi", a, 0, mote___fixunssfsi((u32)a), fix_unsigned(f, 0x1p32, UINT32_MAX));
	same("fixunssfdi", a, 0, mote___fixunssfdi((u32)a), fix_unsigned(f, 0x1p64, UINT64_MAX));
	same_double("floatsidf", a, 0, mote___floatsidf((i32)a), (double)(i32)a);
	same_double("floatunsidf", a, 0, mote___floatunsidf((u32)a), (double)(u32)a);
	same_double("floatdidf", a, 0, mote___floatdidf((i64)a), (double)(i64)a);
	same_double("floatundidf", a, 0, mote___floatundidf(a), (double)a);
	same_float("floatsisf", a, 0, mote___floatsisf((i32)a), (float)(i32)a);
	same_float("floatunsisf", a, 0, mote___floatunsisf((u32)a), (float)(u32)a);
	same_float("floatdisf", a, 0, mote___floatdisf((i64)a), (float)(i64)a);
	same_float("floatundisf", a, 0, mote___floatundisf(a), (float)a);
	same_float("truncdfsf2", a, 0, mote___truncdfsf2(a), (float)x);
	same_double("extendsfdf2", a, 0, mote___extendsfdf2((u32)a), (double)f);
}

// A double whose exponent is near the middle (or, for kind 0, anything), and whose fraction has few bits more often than not.
static u64 random_double(u64 *state) {
	u64 r = next_random(state), kind = next_random(state);
	switch (kind & 7) {
	case 0:
		return r;
	case 1:
	case 2:
		r &= ~0ull << (kind >> 8) % 53;
		break;
	case 3:
		r |= ~0ull >> 12 >> (kind >> 8) % 53;
		break;
	case 4: // subnormal or close to it
		return (r & 0x803fffffffffffffull) >> ((kind >> 8) % 3 == 0 ? (kind >> 16) % 54 : 0) | (r & 1ull << 63);
	}
	u64 e = 1023 - 40 + (kind >> 32) % 80;
	return (r & 0x800fffffffffffffull) | e << 52;
}

static u32 random_float(u64 *state) {
	u64 r = next_random(state), kind = next_random(state);
	switch (kind & 7) {
	case 0:
		return (u32)r;
	case 1:
	case 2:
		r &= ~0ull << (kind >> 8) % 24;
		break;
	case 3:
		r |= 0x7fffffull >> (kind >> 8) % 24;
		break;
	case 4:
		return (u32)((r & 0x80ffffff) >> (kind >> 8) % 25) | (u32)(r & 0x80000000);
	}
	u32 e = 127 - 20 + (u32)(kind >> 32) % 40;
	return ((u32)r & 0x807fffff) | e << 23;
}

// Exponents and fractions at every edge.
static int specials(u64 *to) {
	static const int exponents[] = {0, 1, 2, 53, 500, 970, 1022, 1023, 1024, 1053, 1054, 1055, 1075, 1076, 1085, 1086, 1087, 1500, 2000, 2045, 2046, 2047};
	static const u64 fractions[] = {0, 1, 2, 0xfffffff, 0x10000000, 0x10000001, 0x1fffffff, 0x20000000, 0x7ffffffffffff, 0x8000000000000, 0x8000000000001, 0xffffffe000000, 0xffffffffffffe, 0xfffffffffffff};
	int n = 0;
	for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++)
		for (size_t j = 0; j < sizeof fractions / sizeof *fractions; j++)
			for (u64 sign = 0; sign < 2; sign++)
				to[n++] = sign << 63 | (u64)exponents[i] << 52 | fractions[j];
	return n;
}

static int specials_float(u32 *to) {
	static const u32 exponents[] = {0, 1, 2, 24, 63, 64, 104, 126, 127, 128, 150, 151, 157, 158, 159, 190, 191, 252, 253, 254, 255};
	static const u32 fractions[] = {0, 1, 2, 3, 0x3fffff, 0x400000, 0x400001, 0x7ffffe, 0x7fffff};
	int n = 0;
	for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++)
		for (size_t j = 0; j < sizeof fractions / sizeof *fractions; j++)
			for (u32 sign = 0; sign < 2; sign++)
				to[n++] = sign << 31 | exponents[i] << 23 | fractions[j];
	return n;
}

int check_float(long rounds) {
	static u64 doubles[1000];
	static u32 floats[1000];
	int n = specials(doubles);
	for (int i = 0; i < n; i++) {
		check_conversions(doubles[i]);
		for (int j = 0; j < n; j++)
			check_doubles(doubles[i], doubles[j]);
	}
	n = specials_float(floats);
	for (int i = 0; i < n; i++) {
		check_conversions(floats[i]);
		for (int j = 0; j < n; j++)
			check_floats(floats[i], floats[j]);
	}
	u64 state = 2;
	for (long i = 0; i < rounds && bad < 20; i++) {
		u64 a = random_double(&state), b = random_double(&state);
		check_doubles(a, b);
		check_conversions(a);
		check_conversions(b >> (b & 63));
		u32 c = random_float(&state), d = random_float(&state);
		check_floats(c, d);
		check_conversions((u64)(i32)c);
	}
	return bad;
}
