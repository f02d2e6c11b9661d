// 64-bit signed division with remainder: truncates towards zero, the remainder has the dividend's sign; the minimum by -1 wraps.
#include "../builtins.h"
#include "divide.h"

i64 NAME(builtin_sdivmod64)(i64 n, i64 d, i64 *rem) {
	u64 sn = (u64)(n >> 63), sd = (u64)(d >> 63), r;
	u64 q = NAME(builtin_udivmod64)(((u64)n ^ sn) - sn, ((u64)d ^ sd) - sd, &r);
	*rem = (i64)((r ^ sn) - sn);
	sn ^= sd;
	return (i64)((q ^ sn) - sn);
}
