// Start-up and semihosting of the program that runs on the emulated CPU. There is no .data, and the emulator's memory starts as zero.
void check(void);
static int failed;

static int semihosting(int op, const void *arg) {
#ifdef __arm__
	register int r0 __asm__("r0") = op;
	register const void *r1 __asm__("r1") = arg;
	__asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
	return r0;
#else
	register int a0 __asm__("a0") = op;
	register const void *a1 __asm__("a1") = arg;
	__asm__ volatile(".balign 16\n.option push\n.option norvc\nslli x0, x0, 0x1f\nebreak\nsrai x0, x0, 7\n.option pop" : "+r"(a0) : "r"(a1) : "memory");
	return a0;
#endif
}

// report prints what differs; the tenth one ends the program.
void report(const char *what) {
	semihosting(4, what);
	semihosting(4, "\n");
	if (++failed == 10)
		semihosting(0x18, (void *)0x20023);
}

static void run(void) {
	check();
	semihosting(4, failed ? "FAIL\n" : "PASS\n");
	semihosting(0x18, (void *)(failed ? 0x20023 : 0x20026));
	for (;;)
		;
}

#ifdef __arm__
static void fault(void) {
	report("fault");
	semihosting(0x18, (void *)0x20023);
}
__attribute__((section(".vectors"), used)) const void *const vectors[] = {(void *)0x20003ff0, (void *)run, (void *)fault, (void *)fault};
#else
__attribute__((section(".vectors"), used, naked)) void vectors(void) {
	__asm__ volatile("li sp, 0x80100000\nj %0" : : "i"(run));
}
#endif
