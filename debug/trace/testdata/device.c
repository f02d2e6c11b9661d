// A program that prints a raw trace of its own stack as doc/spec/abi.md describes, from three calls deep with one of them inlined.

extern int semihost(int operation, void *block) __asm__("runtime.semihost");
extern char text_start __asm__("_text_start"), text_end __asm__("_text_end"), stack_top __asm__("_main_stack_top");

typedef unsigned u32;
#define noinline __attribute__((noinline))

static u32 handle;

static noinline void print(const char *text, u32 n) {
  u32 block[3] = {handle, (u32)text, n};
  semihost(5, block);
}

static noinline void print_hex(u32 v) {
  char text[10] = "0x";
  for (int i = 0; i < 8; i++) {
    u32 digit = v >> (28 - 4 * i) & 15;
    text[2 + i] = digit < 10 ? '0' + digit : 'a' + digit - 10;
  }
  print(text, 10);
}

static noinline void print_frame(const char *name, u32 value, u32 sp) {
  print(name, 4);
  print_hex(value);
  print(" sp=", 4);
  print_hex(sp);
  print("\n", 1);
}

static int plausible(u32 w) {
  if (w < (u32)&text_start + 8 || w > (u32)&text_end) return 0;
#ifdef __thumb__
  unsigned short *code = (unsigned short *)(w - 1);
  return (w & 1) && ((code[-2] & 0xF800) == 0xF000 || (code[-1] & 0xFF80) == 0x4780);
#else
  unsigned short *code = (unsigned short *)w;
  return !(w & 1) && ((code[-1] & 0xE003) == 0x2001 || (code[-1] & 0xF07F) == 0x9002 || (code[-2] & 0x7F) == 0x6F || (code[-2] & 0x7F) == 0x67);
#endif
}

noinline void traceback(void) __asm__("runtime.traceback");
noinline void traceback(void) {
  u32 pc, sp;
#ifdef __thumb__
  __asm__ volatile("mov %0, pc\n mov %1, sp" : "=r"(pc), "=r"(sp));
#else
  __asm__ volatile("auipc %0, 0\n mv %1, sp" : "=r"(pc), "=r"(sp));
#endif
  print("panic: boom\n\ngoroutine 1 [running]:\n", 36);
  print_frame("\tpc=", pc, sp);
  for (u32 p = sp; p < (u32)&stack_top; p += 4)
    if (plausible(*(u32 *)p)) print_frame("\tra=", *(u32 *)p, p);
}

static volatile u32 sink;

noinline int leaf(int x) __asm__("main.leaf");
noinline int leaf(int x) {
  volatile char room[200]; // words that nobody wrote in between
  room[x] = x;
  traceback(); // line:leaf
  return room[x];
}

static inline int inlined(int x) __asm__("main.inlined");
static inline int inlined(int x) {
  return leaf(x) + 1; // line:inlined
}

noinline int middle(int x) __asm__("main.middle");
noinline int middle(int x) {
  u32 y = inlined(x); // line:middle
  sink = y;
  return y * 3;
}

static int (*volatile indirect)(int) = middle;

noinline void program(void) __asm__("main.main");
noinline void program(void) {
  sink = indirect(3); // line:main
  sink = 0;
}

void start(void) __asm__("runtime.start");
void start(void) {
  u32 block[3] = {(u32) ":tt", 8, 3};
  handle = semihost(1, block);
  program();
  u32 status[2] = {0x20026, 2};
  semihost(0x20, status);
  for (;;) {
  }
}

void fault(void) __asm__("runtime.fault");
void fault(void) {
  for (;;) {
  }
}
