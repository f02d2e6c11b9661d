package trace_test

import (
	"bytes"
	"context"
	"debug/elf"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"mote/compiler/link"
	"mote/debug/trace"
	"mote/emulator"
	"mote/internal/need"
	"mote/lib"
	"mote/target"
)

// sharedCache keeps the port's objects from test to test.
var sharedCache string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mote-test-")
	if err != nil {
		panic(err)
	}
	sharedCache = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// device links testdata/device.c for a target, runs it, and returns image and raw output.
func device(t *testing.T, name, opt string) (elf, raw string) {
	t.Helper()
	tgt, err := target.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	need.Tools(t, "clang-19", "ld.lld-19", tgt.Emulator.Program)
	args := append([]string{"--target=" + tgt.Triple, opt, "-g", "-ffreestanding", "-fomit-frame-pointer", "-fno-asynchronous-unwind-tables",
		"-S", "-emit-llvm", "-o", "-", "testdata/device.c"}, tgt.CFlags...)
	ir, err := exec.Command("clang-19", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	cfg := link.Config{Target: tgt, Modules: []link.Module{{Name: "device", IR: ir}}, Opt: "2", Lib: lib.Files(),
		Output: filepath.Join(t.TempDir(), "device.elf"), CacheDir: sharedCache}
	if _, err := link.Link(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	_, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: tgt, ELF: cfg.Output, Timeout: 2 * time.Minute})
	if err != nil || res.ExitCode != 2 {
		t.Fatalf("exit status %d, %v\n%s", res.ExitCode, err, stderr)
	}
	return cfg.Output, stderr
}

// line finds the line of testdata/device.c that is marked line:name.
func line(t *testing.T, name string) string {
	t.Helper()
	source, err := os.ReadFile("testdata/device.c")
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(string(source), "\n") {
		if strings.HasSuffix(text, "// line:"+name) {
			return "device.c:" + strconv.Itoa(i+1)
		}
	}
	t.Fatalf("no line:%s", name)
	return ""
}

func TestTraceFromDevice(t *testing.T) {
	for _, tt := range []struct{ target, opt string }{{"mps2-an385", "-O2"}, {"mps2-an385", "-O1"}, {"mps2-an385", "-Oz"}, {"microbit", "-O2"}, {"riscv-virt", "-O2"}} {
		t.Run(tt.target+tt.opt, func(t *testing.T) {
			elf, raw := device(t, tt.target, tt.opt)
			image, err := trace.Open(elf)
			if err != nil {
				t.Fatal(err)
			}
			defer image.Close()
			var out bytes.Buffer
			w := trace.NewWriter(&out, image, "")
			for _, b := range []byte(raw) { // byte by byte, as the console may deliver it
				w.Write([]byte{b})
			}
			w.Close()
			got := regexp.MustCompile(`/\S*/`).ReplaceAllString(out.String(), "")
			got = regexp.MustCompile(` \+0x[0-9a-f]+`).ReplaceAllString(got, " +OFFSET")
			got = strings.ReplaceAll(got, "testdata/", "")
			want := "panic: boom\n\ngoroutine 1 [running]:\n" +
				"main.leaf(...)\n\t" + line(t, "leaf") + " +OFFSET\n" +
				"main.inlined(...)\n\t" + line(t, "inlined") + "\n" +
				"main.middle(...)\n\t" + line(t, "middle") + " +OFFSET\n" +
				"main.main()\n\t" + line(t, "main") + " +OFFSET\n"
			if got != want {
				t.Errorf("got\n%s\nwant\n%s\nraw\n%s", got, want, raw)
			}
		})
	}
}

func TestFaultFromDevice(t *testing.T) {
	path, _ := device(t, "mps2-an385", "-O2")
	image, err := trace.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer image.Close()
	leaf, middle, sink := address(t, path, "main.leaf"), address(t, path, "main.middle"), address(t, path, "sink")
	raw := fmt.Sprintf("fatal error: BusFault\n[fault kind=0x00000005 addr=%#08x pc=%#08x lr=%#08x sp=0x2000ff00 psr=0x01000000]\n"+
		"[regs r0=0x00000000]\n\ngoroutine 1 [running]:\n\tpc=%#08x sp=0x2000ff00\n", sink, leaf&^1, middle+6, leaf&^1)
	var out bytes.Buffer
	w := trace.NewWriter(&out, image, "")
	w.Write([]byte(raw))
	w.Close()
	got := out.String()
	for _, want := range []string{"fatal error: BusFault\n[fault kind=0x00000005 ", "]\n\tpc: main.leaf ", "\n\tlr: main.inlined ", "\n\taddr: in sink\n[regs r0=0x00000000]\n",
		"goroutine 1 [running]:\nmain.leaf(...)\n\t", "main.middle(...)\n\t"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func address(t *testing.T, path, name string) uint64 {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range symbols {
		if s.Name == name {
			return s.Value
		}
	}
	t.Fatalf("no symbol %s", name)
	return 0
}
