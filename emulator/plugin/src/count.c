// Counts executed guest instructions, in total and between two marker stores, as a TCG plugin for QEMU 7.2 (plugin API 1).
//
// Debian installs no header for plugins, so what is used of the interface is declared here; nothing of libc's headers either,
// so that a compiler alone can build it. Arguments: out=FILE, and marker=ADDRESS to count regions: a store to ADDRESS begins
// one, a store to ADDRESS+4 ends it. The file gets lines of a name and numbers.

typedef unsigned long long u64;
typedef struct tb tb;
typedef struct insn insn;

extern void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, void (*cb)(u64 id, tb *block));
extern u64 qemu_plugin_tb_n_insns(const tb *block);
extern insn *qemu_plugin_tb_get_insn(const tb *block, u64 index);
extern void qemu_plugin_register_vcpu_insn_exec_inline(insn *in, int operation, void *to, u64 value);
extern void qemu_plugin_register_vcpu_mem_cb(insn *in, void (*cb)(unsigned vcpu, unsigned info, u64 address, void *data), int flags,
                                             int access, void *data);
extern void qemu_plugin_register_atexit_cb(u64 id, void (*cb)(u64 id, void *data), void *data);

extern int creat(const char *path, unsigned mode);
extern int close(int fd);
extern int dprintf(int fd, const char *format, ...);
extern int strncmp(const char *a, const char *b, unsigned long n);
extern u64 strtoull(const char *text, char **end, int base);
extern void qsort(void *base, unsigned long n, unsigned long size, int (*compare)(const void *, const void *));

enum { add_u64 = 0, no_registers = 0, write_access = 2 };

int qemu_plugin_version = 1;

static u64 executed;
static int out = -1;
static u64 marker;
static u64 begun;
static int inside;
static u64 passes, least = ~0ULL, most, sum;

// The lengths of the first passes, for the median.
enum { max_lengths = 1 << 16 };
static u64 lengths[max_lengths];

// Runs after the instruction was counted, so that a region has everything behind the first store up to the second.
static void stored(unsigned vcpu, unsigned info, u64 address, void *data) {
  if (address == marker) {
    begun = executed;
    inside = 1;
  } else if (address == marker + 4 && inside) {
    u64 n = executed - begun;
    inside = 0;
    if (passes < max_lengths) lengths[passes] = n;
    passes++;
    sum += n;
    if (n < least) least = n;
    if (n > most) most = n;
  }
}

static void translated(u64 id, tb *block) {
  u64 n = qemu_plugin_tb_n_insns(block);
  for (u64 i = 0; i < n; i++) {
    insn *in = qemu_plugin_tb_get_insn(block, i);
    qemu_plugin_register_vcpu_insn_exec_inline(in, add_u64, &executed, 1);
    if (marker) qemu_plugin_register_vcpu_mem_cb(in, stored, no_registers, write_access, 0);
  }
}

static int compare(const void *a, const void *b) {
  u64 x = *(const u64 *)a, y = *(const u64 *)b;
  return x < y ? -1 : x > y;
}

static u64 median(void) {
  u64 n = passes < max_lengths ? passes : max_lengths;
  if (!n) return 0;
  qsort(lengths, n, sizeof *lengths, compare);
  return lengths[(n - 1) / 2];
}

static void finish(u64 id, void *data) {
  dprintf(out, "instructions %llu\n", executed);
  dprintf(out, "region %llu %llu %llu %llu %llu\n", passes, passes ? least : 0, most, sum, median());
  close(out);
}

int qemu_plugin_install(u64 id, const void *info, int argc, char **argv) {
  for (int i = 0; i < argc; i++) {
    if (!strncmp(argv[i], "out=", 4)) out = creat(argv[i] + 4, 0666);
    if (!strncmp(argv[i], "marker=", 7)) marker = strtoull(argv[i] + 7, 0, 0);
  }
  if (out < 0) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_atexit_cb(id, finish, 0);
  return 0;
}
