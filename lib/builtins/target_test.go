package builtins_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestOnTarget runs check/target on emulated CPUs, with the objects of the whole list as an image has them.
func TestOnTarget(t *testing.T) {
	for _, c := range []struct {
		name, list, rounds string
		flags, link, qemu  []string
	}{
		{"v6-M", "thumb.txt", "2000", []string{"--target=thumbv6m-none-eabi", "-mcpu=cortex-m0"},
			[]string{"--defsym=CODE=0", "--defsym=DATA=0x20000000"}, []string{"qemu-system-arm", "-M", "microbit"}},
		{"v7-M", "thumb.txt", "20000", []string{"--target=thumbv7m-none-eabi", "-mcpu=cortex-m3"},
			[]string{"--defsym=CODE=0", "--defsym=DATA=0x20000000"}, []string{"qemu-system-arm", "-M", "mps2-an385"}},
		{"RV32", "riscv32.txt", "20000", []string{"--target=riscv32-none-elf", "-march=rv32imac", "-mabi=ilp32"},
			[]string{"--defsym=CODE=0x80000000", "--defsym=DATA=0x80080000"}, []string{"qemu-system-riscv32", "-M", "virt", "-bios", "none"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, tool := range []string{"clang-19", "ld.lld-19", c.qemu[0]} {
				if _, err := exec.LookPath(tool); err != nil {
					t.Skipf("%s is not installed", tool)
				}
			}
			dir := t.TempDir()
			compile := func(prefix string, sources []string, extra ...string) []string {
				var objects []string
				for _, source := range sources {
					object := filepath.Join(dir, prefix+filepath.Base(source)+".o")
					args := append(append([]string{}, c.flags...), "-O2", "-ffreestanding", "-fno-builtin", "-ffunction-sections", "-c", source, "-o", object)
					command(t, "clang-19", append(args, extra...)...)
					objects = append(objects, object)
				}
				return objects
			}
			float, err := filepath.Glob("float/*.c")
			if err != nil {
				t.Fatal(err)
			}
			args := append([]string{"-T", "check/target/link.ld", "--gc-sections", "-o", filepath.Join(dir, "check.elf")}, c.link...)
			args = append(args, compile("t-", []string{"check/target/start.c", "check/target/check.c"}, "-DROUNDS="+c.rounds)...)
			args = append(args, compile("reference-", float, "-DMOTE_HOST", "-U__arm__")...)
			args = append(args, "--start-lib")
			args = append(args, compile("", listed(t, c.list))...)
			command(t, "ld.lld-19", args...)
			out := command(t, c.qemu[0], append(c.qemu[1:], "-display", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native",
				"-kernel", filepath.Join(dir, "check.elf"))...)
			if !strings.HasSuffix(out, "PASS\n") {
				t.Errorf("the program printed:\n%s", out)
			}
		})
	}
}

func command(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
