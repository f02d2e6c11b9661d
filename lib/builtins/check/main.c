// check [rounds]: compares the helper routines with the host. Prints one line per area and exits with 1 after any mismatch.
#include <stdlib.h>
#include "check.h"

int main(int argc, char **argv) {
	long rounds = argc > 1 ? atol(argv[1]) : 1000000;
	int bad = check_mem();
	printf("mem: %d mismatches\n", bad);
	int n = check_integer(rounds);
	printf("integer: %d mismatches\n", n);
	bad += n;
	n = check_float(rounds);
	printf("float: %d mismatches\n", n);
	return bad + n != 0;
}
