// The host's test program: one function per area, each returns the number of mismatches it printed.
#ifndef MOTE_CHECK_H
#define MOTE_CHECK_H
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int check_mem(void);
int check_integer(long rounds);
int check_float(long rounds);

// A xorshift generator: the same numbers on every run.
static inline uint64_t next_random(uint64_t *state) {
	uint64_t x = *state;
	x ^= x << 13, x ^= x >> 7, x ^= x << 17;
	return *state = x;
}
#endif
