// memset for CPUs that need aligned words (v6-M, RV32).
#include "../builtins.h"

#if !defined(__thumb2__)

NO_IDIOM void *NAME(memset)(void *p, int c, usize n) {
	u8 *d = p;
	if (n >= 8) {
		u32 w = (u8)c * 0x01010101u;
		while ((usize)d & 3) {
			*d++ = (u8)c;
			n--;
		}
		u32 *dw = (u32 *)d;
		for (; n >= 16; n -= 16, dw += 4)
			dw[0] = w, dw[1] = w, dw[2] = w, dw[3] = w;
		for (; n >= 4; n -= 4)
			*dw++ = w;
		d = (u8 *)dw;
	}
	while (n-- != 0)
		*d++ = (u8)c;
	return p;
}

#ifdef __arm__
void __aeabi_memset(void *p, usize n, int c) { memset(p, c, n); }
void ALIAS(__aeabi_memset4, __aeabi_memset)(void *, usize, int);
void ALIAS(__aeabi_memset8, __aeabi_memset)(void *, usize, int);
void __aeabi_memclr(void *p, usize n) { memset(p, 0, n); }
void ALIAS(__aeabi_memclr4, __aeabi_memclr)(void *, usize);
void ALIAS(__aeabi_memclr8, __aeabi_memclr)(void *, usize);
#endif
#endif
