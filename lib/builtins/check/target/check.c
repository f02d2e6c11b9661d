// What runs on the emulated CPU: the routines as compiled code calls them, assembly included. Copies and fills are compared with byte
// loops, division with its definition, floating point with the C routines under the prefix mote_, which the host has checked.
#include "../../builtins.h"

void report(const char *what);
void *memcpy(void *, const void *, usize), *memmove(void *, const void *, usize), *memset(void *, int, usize);
int memcmp(const void *, const void *, usize);

static u64 state; // check sets it: there is no .data
static u64 next(void) {
	state ^= state << 13, state ^= state >> 7, state ^= state << 17;
	return state;
}

enum { room = 136 };
static _Alignas(8) u8 got[room], want[room], source[room];

static void number(u8 *p) {
	for (volatile int i = 0; i < room; i++)
		p[i] = (u8)(i * 7 + 1);
}

static void same(const char *what) {
	for (volatile int i = 0; i < room; i++)
		if (got[i] != want[i]) {
			report(what);
			return;
		}
}

static void check_mem(void) {
	for (int n = 0; n <= 68; n += 1 + n / 20)
		for (int to = 0; to < 12; to++) {
			number(got), number(want);
			for (volatile int i = 0; i < n; i++)
				want[to + i] = 0x5a;
			memset(got + to, 0x75a, (usize)n);
			same("memset");
			for (int from = 0; from < 12; from++) {
				number(got), number(want), number(source);
				for (volatile int i = 0; i < n; i++)
					want[to + i] = source[from + i];
				memmove(got + to, got + from, (usize)n);
				same("memmove");
				number(got);
				memcpy(got + to, source + from, (usize)n);
				same("memcpy");
				if (memcmp(got + to, source + from, (usize)n) != 0)
					report("memcmp equal");
				if (n > 0 && memcmp(got + to, (source[from + n - 1]++, source + from), (usize)n) >= 0)
					report("memcmp less");
			}
		}
}

static volatile u64 a, b;

static void check_integer(void) {
	for (int i = 0; i < 3000; i++) {
		a = next() >> (next() & 63), b = next() >> (next() & 63);
		if (b == 0)
			continue;
		u64 q = a / b, r = a % b;
		if (r >= b || q * b + r != a)
			report("unsigned 64-bit division");
		i64 sq = (i64)a / (i64)b, sr = (i64)a % (i64)b;
		if ((u64)sq * b + (u64)sr != a || (sr != 0 && (sr ^ (i64)a) < 0) || (sr < 0 ? -(u64)sr : (u64)sr) >= ((i64)b < 0 ? -b : b))
			report("signed 64-bit division");
		volatile u32 c = (u32)a, d = (u32)b;
		if (d == 0)
			continue;
		if (c % d >= d || c / d * d + c % d != c)
			report("unsigned 32-bit division");
		i32 e = (i32)c, f = (i32)d;
		if (e / f * f + e % f != e || (e % f != 0 && (e % f ^ e) < 0))
			report("signed 32-bit division");
		int n = (int)(b & 63);
		u64 up = a, down = a;
		for (volatile int j = 0; j < n; j++)
			up += up, down = (u32)(down >> 32) >> 1 == 0 && down >> 32 == 0 ? (u32)down >> 1 : down >> 1;
		if (a << n != up || a >> n != down)
			report("64-bit shift");
	}
}

typedef union { u64 bits; double d; } number64;
typedef union { u32 bits; float f; } number32;

u64 mote___adddf3(u64, u64), mote___subdf3(u64, u64), mote___muldf3(u64, u64), mote___divdf3(u64, u64);
int mote___ltdf2(u64, u64), mote___ledf2(u64, u64), mote___eqdf2(u64, u64), mote___gtdf2(u64, u64), mote___gedf2(u64, u64), mote___unorddf2(u64, u64);
u32 mote___addsf3(u32, u32), mote___mulsf3(u32, u32), mote___divsf3(u32, u32), mote___truncdfsf2(u64);
int mote___ltsf2(u32, u32);
i64 mote___fixdfdi(u64);
u64 mote___floatdidf(i64), mote___extendsfdf2(u32);
i32 mote___fixdfsi(u64);

static void same64(const char *what, double x, u64 y) {
	number64 n = {.d = x};
	if (n.bits != y && !(n.bits << 1 > 0xffe0000000000000ull && y << 1 > 0xffe0000000000000ull))
		report(what);
}
static void same32(const char *what, float x, u32 y) {
	number32 n = {.f = x};
	if (n.bits != y && !(n.bits << 1 > 0xff000000u && y << 1 > 0xff000000u))
		report(what);
}

static void check_pair(u64 p, u64 q) {
	volatile number64 vx = {.bits = p}, vy = {.bits = q};
	double x = vx.d, y = vy.d;
	same64("add", x + y, mote___adddf3(p, q));
	same64("sub", x - y, mote___subdf3(p, q));
	same64("mul", x * y, mote___muldf3(p, q));
	same64("div", x / y, mote___divdf3(p, q));
	if ((x < y) != (mote___ltdf2(p, q) < 0) || (x <= y) != (mote___ledf2(p, q) <= 0) || (x == y) != (mote___eqdf2(p, q) == 0) ||
		(x > y) != (mote___gtdf2(p, q) > 0) || (x >= y) != (mote___gedf2(p, q) >= 0) || (x != x || y != y) != mote___unorddf2(p, q))
		report("compare");
	same32("float of double", (float)x, mote___truncdfsf2(p));
	same64("double of integer", (double)(i64)p, mote___floatdidf((i64)p));
	if (((u32)(p >> 52) & 0x7ff) < 1023 + 63 && (i64)x != mote___fixdfdi(p))
		report("integer of double");
	if (((u32)(p >> 52) & 0x7ff) < 1023 + 31 && (i32)x != mote___fixdfsi(p))
		report("word of double");
	volatile number32 vf = {.bits = (u32)p}, vg = {.bits = (u32)q};
	float f = vf.f, g = vg.f;
	same32("add of floats", f + g, mote___addsf3((u32)p, (u32)q));
	same32("mul of floats", f * g, mote___mulsf3((u32)p, (u32)q));
	same32("div of floats", f / g, mote___divsf3((u32)p, (u32)q));
	if ((f < g) != (mote___ltsf2((u32)p, (u32)q) < 0))
		report("compare floats");
	same64("double of float", (double)f, mote___extendsfdf2((u32)p));
}

static u64 pick(void) {
	static const u64 edges[] = {0, 0x7ff0000000000000, 0x7ff8000000000000, 0x7fefffffffffffff, 1, 0x10000000000000, 0xfffffffffffff, 0x3ff0000000000000, 0x7f8000007f800000};
	u64 r = next(), kind = next();
	switch (kind & 15) {
	case 0:
		return r;
	case 1:
		return edges[(kind >> 8) % 9] | (r & 1ull << 63);
	case 2:
		return (r & 0x803fffffffffffff) >> ((kind >> 8) % 60) | (r & 1ull << 63);
	case 3:
	case 4:
	case 5:
		r &= ~0ull << (kind >> 8) % 53;
		break;
	case 6:
		r |= ~0ull >> 12 >> (kind >> 8) % 53;
		break;
	case 7: // next to the subnormal numbers
		return (r & 0x800fffffffffffff) | (1 + (kind >> 32) % 40) << 52;
	}
	return (r & 0x800fffffffffffff) | (1023 - 32 + (kind >> 32) % 64) << 52;
}

void check(void) {
	state = 1;
	check_mem();
	check_integer();
	for (int i = 0; i < ROUNDS; i++) {
		u64 p = pick();
		check_pair(p, pick());
		check_pair(p, p ^ 1ull << 63 ^ next() >> (12 + next() % 52)); // nearly cancels
	}
}
