// The names under which RV32 code divides 64-bit numbers.
#include "../builtins.h"
#include "divide.h"

u64 NAME(__udivdi3)(u64 n, u64 d) {
	u64 r;
	return NAME(builtin_udivmod64)(n, d, &r);
}

u64 NAME(__umoddi3)(u64 n, u64 d) {
	u64 r;
	NAME(builtin_udivmod64)(n, d, &r);
	return r;
}

i64 NAME(__divdi3)(i64 n, i64 d) {
	i64 r;
	return NAME(builtin_sdivmod64)(n, d, &r);
}

i64 NAME(__moddi3)(i64 n, i64 d) {
	i64 r;
	NAME(builtin_sdivmod64)(n, d, &r);
	return r;
}
