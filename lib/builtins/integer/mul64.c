// 64-bit product for CPUs without a widening multiply (v6-M): four products of 16 by 16 bits, the cross terms' carries by hand.
#include "../builtins.h"

u64 NAME(__muldi3)(u64 a, u64 b) {
	u32 al = (u32)a, bl = (u32)b;
	u32 a0 = al & 0xffff, a1 = al >> 16, b0 = bl & 0xffff, b1 = bl >> 16;
	u32 low = a0 * b0, high = a1 * b1, cross = a1 * b0, other = a0 * b1;
	u32 lo = low + (cross << 16);
	high += (cross >> 16) + (lo < low);
	u32 sum = lo + (other << 16);
	high += (other >> 16) + (sum < lo);
	high += al * (u32)(b >> 32) + (u32)(a >> 32) * bl;
	return (u64)high << 32 | sum;
}

#ifdef __arm__
u64 ALIAS(__aeabi_lmul, __muldi3)(u64, u64);
#endif
