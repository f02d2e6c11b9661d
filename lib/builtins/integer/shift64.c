// 64-bit shifts by a variable amount of 0 to 63, in 32-bit steps so that the compiler cannot call them from here.
#include "../builtins.h"

typedef union { u64 all; struct { u32 lo, hi; }; } parts;

u64 NAME(__ashldi3)(u64 x, int n) {
	parts p = {.all = x};
	if (n >= 32)
		p.hi = p.lo << (n - 32), p.lo = 0;
	else if (n != 0)
		p.hi = p.hi << n | p.lo >> (32 - n), p.lo <<= n;
	return p.all;
}

u64 NAME(__lshrdi3)(u64 x, int n) {
	parts p = {.all = x};
	if (n >= 32)
		p.lo = p.hi >> (n - 32), p.hi = 0;
	else if (n != 0)
		p.lo = p.lo >> n | p.hi << (32 - n), p.hi >>= n;
	return p.all;
}

i64 NAME(__ashrdi3)(i64 x, int n) {
	parts p = {.all = (u64)x};
	i32 hi = (i32)p.hi;
	if (n >= 32)
		p.lo = (u32)(hi >> (n - 32)), p.hi = (u32)(hi >> 31);
	else if (n != 0)
		p.lo = p.lo >> n | p.hi << (32 - n), p.hi = (u32)(hi >> n);
	return (i64)p.all;
}

#ifdef __arm__
u64 ALIAS(__aeabi_llsl, __ashldi3)(u64, int);
u64 ALIAS(__aeabi_llsr, __lshrdi3)(u64, int);
i64 ALIAS(__aeabi_lasr, __ashrdi3)(i64, int);
#endif
