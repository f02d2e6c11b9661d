// Bit counts for CPUs without the instructions (v6-M; RV32 without Zbb).
#include "../builtins.h"

int NAME(__clzsi2)(u32 x) {
	if (x == 0)
		return 32;
	int n = 0;
	for (int s = 16; s != 0; s >>= 1)
		if (x >> (32 - s) == 0)
			x <<= s, n += s;
	return n;
}

int NAME(__clzdi2)(u64 x) {
	u32 hi = (u32)(x >> 32);
	return hi != 0 ? NAME(__clzsi2)(hi) : 32 + NAME(__clzsi2)((u32)x);
}

int NAME(__ctzsi2)(u32 x) {
	return x == 0 ? 32 : 31 - NAME(__clzsi2)(x & -x);
}

int NAME(__ctzdi2)(u64 x) {
	u32 lo = (u32)x;
	return lo != 0 ? NAME(__ctzsi2)(lo) : 32 + NAME(__ctzsi2)((u32)(x >> 32));
}

int NAME(__popcountsi2)(u32 x) {
	x -= x >> 1 & 0x55555555;
	x = (x & 0x33333333) + (x >> 2 & 0x33333333);
	x = (x + (x >> 4)) & 0x0f0f0f0f;
	return (int)((x * 0x01010101) >> 24);
}

int NAME(__popcountdi2)(u64 x) {
	return NAME(__popcountsi2)((u32)x) + NAME(__popcountsi2)((u32)(x >> 32));
}

u32 NAME(__bswapsi2)(u32 x) {
	return x >> 24 | (x >> 8 & 0xff00) | (x << 8 & 0xff0000) | x << 24;
}

u64 NAME(__bswapdi2)(u64 x) {
	return (u64)NAME(__bswapsi2)((u32)x) << 32 | NAME(__bswapsi2)((u32)(x >> 32));
}
