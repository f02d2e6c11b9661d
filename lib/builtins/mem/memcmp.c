// memcmp, and bcmp, which LLVM makes of a memcmp whose result is only compared with zero.
#include "../builtins.h"

typedef struct __attribute__((packed)) { u32 w; } word;

NO_IDIOM int NAME(memcmp)(const void *p, const void *q, usize n) {
	const u8 *a = p, *b = q;
	if (UNALIGNED_WORDS || (((usize)a | (usize)b) & 3) == 0) {
		for (; n >= 4; n -= 4, a += 4, b += 4) {
			u32 x = UNALIGNED_WORDS ? ((const word *)a)->w : *(const u32 *)a;
			u32 y = UNALIGNED_WORDS ? ((const word *)b)->w : *(const u32 *)b;
			if (x != y) { // little endian: the first byte in memory decides
				x = __builtin_bswap32(x), y = __builtin_bswap32(y);
				return x < y ? -1 : 1;
			}
		}
	}
	for (; n != 0; n--, a++, b++)
		if (*a != *b)
			return (int)*a - (int)*b;
	return 0;
}

#ifndef MOTE_HOST
int ALIAS(bcmp, memcmp)(const void *, const void *, usize);
#endif
