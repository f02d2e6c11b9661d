// Measures how many instructions a guest executes with interrupts masked, as a TCG plugin for QEMU 7.2 (plugin API 1). Like
// count.c it declares what it uses.
//
// That API cannot read registers, so what begins and what ends a stretch is known by the instruction alone:
//
//	Thumb     msr basepri_max, Rn; cpsid i      begin
//	          msr basepri, Rn; msr primask, Rn; cpsie i      end
//	RISC-V    csrrci or csrrc on mstatus (with bit 3); the entry of a trap (trap=ADDRESS)      begin
//	          csrrsi or csrrs on mstatus, csrrw to it, mret      end
//
// This holds for code that never nests masks: a begin within a stretch does not begin another and is counted as nested. What
// handlers do that interrupt a stretch, because they are above the mask or cannot be masked, is not the stretch's: one in which the entry of a
// handler (vector=ADDRESS, ...) is executed is left out and counted as interrupted.
//
// A stretch has the instructions behind the one that begins it up to and with the one that ends it. Arguments: out=FILE, arch=thumb or
// riscv32, vector=ADDRESS and trap=ADDRESS in hexadecimal, as often as needed. The file gets lines of a name and numbers:
// `stretch START COUNT MAX END`, addresses in hexadecimal, END that of the instruction that ended the longest.

typedef unsigned long long u64;
typedef unsigned u32;
typedef struct tb tb;
typedef struct insn insn;

extern void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, void (*cb)(u64 id, tb *block));
extern u64 qemu_plugin_tb_n_insns(const tb *block);
extern insn *qemu_plugin_tb_get_insn(const tb *block, u64 index);
extern u64 qemu_plugin_insn_vaddr(const insn *in);
extern u64 qemu_plugin_insn_size(const insn *in);
extern const void *qemu_plugin_insn_data(const insn *in);
extern void qemu_plugin_register_vcpu_insn_exec_inline(insn *in, int operation, void *to, u64 value);
extern void qemu_plugin_register_vcpu_insn_exec_cb(insn *in, void (*cb)(u32 vcpu, void *data), int flags, void *data);
extern void qemu_plugin_register_atexit_cb(u64 id, void (*cb)(u64 id, void *data), void *data);

extern int creat(const char *path, unsigned mode);
extern int close(int fd);
extern int dprintf(int fd, const char *format, ...);
extern int strncmp(const char *a, const char *b, unsigned long n);
extern u64 strtoull(const char *text, char **end, int base);

enum { add_u64 = 0, no_registers = 0 };
enum { max_sites = 1 << 12, max_vectors = 256, max_cpus = 8 };

int qemu_plugin_version = 1;

static int out = -1;
static int riscv;
static u64 vectors[max_vectors];
static int vector_count;
static u64 trap;

static u64 executed;
static u64 nested, interrupted, overflow;

// What was seen of the stretches that begin at one instruction.
struct site {
  u64 start, count, most, end;
};
static struct site sites[max_sites];

// The stretch that a processor is in.
static struct {
  int masked, dropped;
  u64 start, since;
} cpus[max_cpus];

static struct site *site(u64 start) {
  u32 h = (u32)start * 2654435761u >> 20;
  for (int i = 0; i < max_sites; i++) {
    struct site *s = &sites[(h + i) % max_sites];
    if (s->start == start || !s->count) {
      s->start = start;
      return s;
    }
  }
  overflow++;
  return &sites[h % max_sites];
}

// These run before the instruction itself is counted: the one that begins is in the difference in place of the one that ends.
static void begin(u32 cpu, void *address) {
  if (cpus[cpu].masked) {
    nested++;
    return;
  }
  cpus[cpu].masked = 1;
  cpus[cpu].dropped = 0;
  cpus[cpu].start = (u64)address;
  cpus[cpu].since = executed;
}

static void end(u32 cpu, void *address) {
  if (!cpus[cpu].masked) return;
  cpus[cpu].masked = 0;
  if (cpus[cpu].dropped) {
    interrupted++;
    return;
  }
  u64 n = executed - cpus[cpu].since;
  struct site *s = site(cpus[cpu].start);
  s->count++;
  if (n > s->most) {
    s->most = n;
    s->end = (u64)address;
  }
}

static void entered(u32 cpu, void *address) { cpus[cpu].dropped = 1; }

static int thumb(u32 first, u32 second, u64 size) {
  if (size == 2) return first == 0xb672 ? 1 : first == 0xb662 ? -1 : 0;
  if ((first & 0xfff0) != 0xf380 || (second & 0xff00) != 0x8800) return 0;  // MSR (Armv7-M ARM B5.2.3)
  switch (second & 0xff) {
    case 0x12: return 1;
    case 0x10: case 0x11: return -1;
  }
  return 0;
}

static int system_instruction(u32 in) {
  if (in == 0x30200073) return -1;                                  // mret
  if ((in & 0x7f) != 0x73 || in >> 20 != 0x300) return 0;           // not on mstatus
  u32 source = in >> 15 & 31;
  switch (in >> 12 & 7) {
    case 1: case 5: return -1;                                      // csrrw: puts back what was there
    case 2: return source ? -1 : 0;
    case 3: return source ? 1 : 0;
    case 6: return source & 8 ? -1 : 0;
    case 7: return source & 8 ? 1 : 0;
  }
  return 0;
}

// 1 for an instruction that masks, -1 for one that unmasks, else 0.
static int effect(const insn *in) {
  const unsigned char *b = qemu_plugin_insn_data(in);
  u64 size = qemu_plugin_insn_size(in);
  if (riscv) return size == 4 ? system_instruction(b[0] | b[1] << 8 | b[2] << 16 | (u32)b[3] << 24) : 0;
  return thumb(b[0] | b[1] << 8, size == 4 ? b[2] | b[3] << 8 : 0, size);
}

static int is_vector(u64 address) {
  for (int i = 0; i < vector_count; i++)
    if (vectors[i] == address) return 1;
  return 0;
}

static void translated(u64 id, tb *block) {
  u64 n = qemu_plugin_tb_n_insns(block);
  for (u64 i = 0; i < n; i++) {
    insn *in = qemu_plugin_tb_get_insn(block, i);
    u64 address = qemu_plugin_insn_vaddr(in);
    void *data = (void *)address;
    if (is_vector(address)) qemu_plugin_register_vcpu_insn_exec_cb(in, entered, no_registers, data);
    if (trap && address == trap) qemu_plugin_register_vcpu_insn_exec_cb(in, begin, no_registers, data);
    int e = effect(in);
    if (e) qemu_plugin_register_vcpu_insn_exec_cb(in, e > 0 ? begin : end, no_registers, data);
    qemu_plugin_register_vcpu_insn_exec_inline(in, add_u64, &executed, 1);
  }
}

static void finish(u64 id, void *data) {
  dprintf(out, "nested %llu\ninterrupted %llu\noverflow %llu\n", nested, interrupted, overflow);
  for (int i = 0; i < max_sites; i++)
    if (sites[i].count) dprintf(out, "stretch %llx %llu %llu %llx\n", sites[i].start, sites[i].count, sites[i].most, sites[i].end);
  close(out);
}

int qemu_plugin_install(u64 id, const void *info, int argc, char **argv) {
  for (int i = 0; i < argc; i++) {
    if (!strncmp(argv[i], "out=", 4)) out = creat(argv[i] + 4, 0666);
    if (!strncmp(argv[i], "arch=riscv", 10)) riscv = 1;
    if (!strncmp(argv[i], "trap=", 5)) trap = strtoull(argv[i] + 5, 0, 16);
    if (!strncmp(argv[i], "vector=", 7) && vector_count < max_vectors) vectors[vector_count++] = strtoull(argv[i] + 7, 0, 16);
  }
  if (out < 0) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_atexit_cb(id, finish, 0);
  return 0;
}
