// memcpy and memmove for CPUs that need aligned words (v6-M, RV32): words when both ends share their alignment, else bytes.
#include "../builtins.h"

#if !defined(__thumb2__)

static NO_IDIOM void copy_up(u8 *d, const u8 *s, usize n) {
	if (n >= 8 && (((usize)d ^ (usize)s) & 3) == 0) {
		while ((usize)d & 3) {
			*d++ = *s++;
			n--;
		}
		u32 *dw = (u32 *)d;
		const u32 *sw = (const u32 *)s;
		for (; n >= 16; n -= 16, dw += 4, sw += 4) {
			u32 a = sw[0], b = sw[1], c = sw[2], e = sw[3];
			dw[0] = a, dw[1] = b, dw[2] = c, dw[3] = e;
		}
		for (; n >= 4; n -= 4)
			*dw++ = *sw++;
		d = (u8 *)dw, s = (const u8 *)sw;
	}
	while (n-- != 0)
		*d++ = *s++;
}

static NO_IDIOM void copy_down(u8 *d, const u8 *s, usize n) {
	d += n, s += n;
	if (n >= 8 && (((usize)d ^ (usize)s) & 3) == 0) {
		while ((usize)d & 3) {
			*--d = *--s;
			n--;
		}
		u32 *dw = (u32 *)d;
		const u32 *sw = (const u32 *)s;
		for (; n >= 4; n -= 4)
			*--dw = *--sw;
		d = (u8 *)dw, s = (const u8 *)sw;
	}
	while (n-- != 0)
		*--d = *--s;
}

NO_IDIOM void *NAME(memcpy)(void *d, const void *s, usize n) {
	copy_up(d, s, n);
	return d;
}

NO_IDIOM void *NAME(memmove)(void *d, const void *s, usize n) {
	if ((usize)d - (usize)s >= n)
		copy_up(d, s, n);
	else
		copy_down(d, s, n);
	return d;
}

#ifdef __arm__
void *ALIAS(__aeabi_memcpy, memcpy)(void *, const void *, usize);
void *ALIAS(__aeabi_memcpy4, memcpy)(void *, const void *, usize);
void *ALIAS(__aeabi_memcpy8, memcpy)(void *, const void *, usize);
void *ALIAS(__aeabi_memmove, memmove)(void *, const void *, usize);
void *ALIAS(__aeabi_memmove4, memmove)(void *, const void *, usize);
void *ALIAS(__aeabi_memmove8, memmove)(void *, const void *, usize);
#endif
#endif
