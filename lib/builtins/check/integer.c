// Division, products, shifts and bit counts of random and special operands against the host's.
#include "check.h"

uint64_t mote_builtin_udivmod64(uint64_t, uint64_t, uint64_t *);
int64_t mote_builtin_sdivmod64(int64_t, int64_t, int64_t *);
uint64_t mote___muldi3(uint64_t, uint64_t), mote___ashldi3(uint64_t, int), mote___lshrdi3(uint64_t, int);
int64_t mote___ashrdi3(int64_t, int);
int mote___clzsi2(uint32_t), mote___clzdi2(uint64_t), mote___ctzsi2(uint32_t), mote___ctzdi2(uint64_t);
int mote___popcountsi2(uint32_t), mote___popcountdi2(uint64_t);
uint64_t mote___bswapdi2(uint64_t);

static int report(const char *what, uint64_t a, uint64_t b) {
	printf("%s(%#llx, %#llx) differs\n", what, (unsigned long long)a, (unsigned long long)b);
	return 1;
}

static int check_divide(uint64_t a, uint64_t b) {
	int bad = 0;
	uint64_t ur;
	int64_t sr;
	if (b == 0)
		return 0;
	if (mote_builtin_udivmod64(a, b, &ur) != a / b || ur != a % b)
		bad += report("udivmod64", a, b);
	if ((int64_t)b == -1) {
		if ((uint64_t)mote_builtin_sdivmod64((int64_t)a, -1, &sr) != 0 - a || sr != 0)
			bad += report("sdivmod64", a, b);
	} else if (mote_builtin_sdivmod64((int64_t)a, (int64_t)b, &sr) != (int64_t)a / (int64_t)b || sr != (int64_t)a % (int64_t)b)
		bad += report("sdivmod64", a, b);
	return bad;
}

static int check_rest(uint64_t a, uint64_t b) {
	int bad = 0, n = (int)(b & 63);
	if (mote___muldi3(a, b) != a * b)
		bad += report("muldi3", a, b);
	if (mote___ashldi3(a, n) != a << n || mote___lshrdi3(a, n) != a >> n || mote___ashrdi3((int64_t)a, n) != (int64_t)a >> n)
		bad += report("shift", a, (uint64_t)n);
	if (mote___popcountsi2((uint32_t)a) != __builtin_popcount((uint32_t)a) || mote___popcountdi2(a) != __builtin_popcountll(a))
		bad += report("popcount", a, 0);
	if (mote___bswapdi2(a) != __builtin_bswap64(a))
		bad += report("bswap", a, 0);
	if (mote___clzdi2(a) != (a ? __builtin_clzll(a) : 64) || mote___ctzdi2(a) != (a ? __builtin_ctzll(a) : 64))
		bad += report("clz/ctz", a, 0);
	return bad;
}

int check_integer(long rounds) {
	static const uint64_t special[] = {0, 1, 2, 3, 10, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x100000001,
		0x1ffffffff, 0xffffffff00000000, 0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001, 0xfffffffffffffffe, 0xffffffffffffffff};
	int bad = 0, count = sizeof special / sizeof *special;
	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++)
			bad += check_divide(special[i], special[j]) + check_rest(special[i], special[j]);
	uint64_t state = 1;
	for (long i = 0; i < rounds && bad < 20; i++) {
		uint64_t a = next_random(&state), b = next_random(&state), s = next_random(&state);
		a >>= s & 63, b >>= s >> 8 & 63; // every magnitude
		bad += check_divide(a, b) + check_rest(a, b);
	}
	return bad;
}
