// Copies and fills at every alignment and length up to 70 against byte loops.
#include "check.h"

void *mote_memcpy(void *, const void *, size_t);
void *mote_memmove(void *, const void *, size_t);
void *mote_memset(void *, int, size_t);
int mote_memcmp(const void *, const void *, size_t);

enum { room = 160 };

static void numbered(uint8_t *p) {
	for (int i = 0; i < room; i++)
		p[i] = (uint8_t)(i * 7 + 1);
}

static int report(const char *what, int to, int from, int n) {
	printf("%s(%d, %d, %d) differs\n", what, to, from, n);
	return 1;
}

static int check_move(int to, int from, int n) {
	static _Alignas(8) uint8_t got[room], want[room], copy[room];
	numbered(got), numbered(want), numbered(copy);
	for (int i = 0; i < n; i++)
		want[to + i] = copy[from + i];
	mote_memmove(got + to, got + from, (size_t)n);
	int bad = memcmp(got, want, room) != 0 ? report("memmove", to, from, n) : 0;
	numbered(got);
	mote_memcpy(got + to, copy + from, (size_t)n);
	return bad + (memcmp(got, want, room) != 0 ? report("memcpy", to, from, n) : 0);
}

static int check_fill(int to, int n) {
	static _Alignas(8) uint8_t got[room], want[room];
	numbered(got), numbered(want);
	for (int i = 0; i < n; i++)
		want[to + i] = 0xa5;
	mote_memset(got + to, 0x7a5, (size_t)n);
	return memcmp(got, want, room) != 0 ? report("memset", to, 0, n) : 0;
}

static int check_compare(int at, int from, int n) {
	static _Alignas(8) uint8_t a[room], b[room];
	numbered(a), memcpy(b + from, a + at, (size_t)n);
	int bad = mote_memcmp(a + at, b + from, (size_t)n) != 0;
	for (int i = 0; i < n; i++) {
		b[from + i] ^= 0x81;
		int want = memcmp(a + at, b + from, (size_t)n), got = mote_memcmp(a + at, b + from, (size_t)n);
		bad += (want < 0) != (got < 0) || got == 0;
		b[from + i] ^= 0x81;
	}
	return bad != 0 ? report("memcmp", at, from, n) : 0;
}

int check_mem(void) {
	int bad = 0;
	for (int n = 0; n <= 70; n++)
		for (int to = 0; to < 24; to++) {
			bad += check_fill(to, n);
			for (int from = 0; from < 24; from++)
				bad += check_move(to, from, n) + (to < 5 && from < 5 ? check_compare(to, from, n) : 0);
		}
	return bad;
}
