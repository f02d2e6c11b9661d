package stack

import (
	"debug/elf"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mote/internal/need"
	"mote/target"
)

// link assembles and links a file of testdata for a target.
func link(t *testing.T, source, targetName string) (path string, machine *target.Target) {
	t.Helper()
	need.Tools(t, "clang-19", "ld.lld-19")
	machine, err := target.Load(targetName)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	object, image := filepath.Join(dir, "a.o"), filepath.Join(dir, "a.elf")
	args := append([]string{"--target=" + machine.Triple}, machine.CFlags...)
	run(t, "clang-19", append(args, "-g", "-c", filepath.Join("testdata", source), "-o", object)...)
	run(t, "ld.lld-19", "-Ttext=0x1000", "-e", "leaf", object, "-o", image)
	return image, machine
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func openGraph(t *testing.T, path string) *graph {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := readCode(f)
	if err != nil {
		t.Fatal(err)
	}
	return newGraph(c, Input{})
}

// want is the depth of a function, or a part of the reason why it has none and the function where that is.
type want struct {
	bytes     int64
	reason    string
	at        string
	functions []string // on the way to the deepest point
}

func checkDepths(t *testing.T, path string, wants map[string]want) {
	t.Helper()
	for name, want := range wants {
		g := openGraph(t, path) // a new one: what is asked first must not matter
		fn := g.byName[name]
		if fn == nil {
			t.Errorf("%s: no such function", name)
			continue
		}
		d := g.depth(fn)
		switch {
		case want.reason == "" && (d.reason != "" || d.bytes != want.bytes):
			t.Errorf("%s: %d bytes (%s), want %d", name, d.bytes, d.reason, want.bytes)
		case want.reason != "" && (!strings.Contains(d.reason, want.reason) || d.at.name != want.at):
			t.Errorf("%s: %d bytes, reason %q, want %q at %s", name, d.bytes, d.reason, want.reason, want.at)
		case want.functions != nil && !reflect.DeepEqual(g.path(fn), want.functions):
			t.Errorf("%s: path %v, want %v", name, g.path(fn), want.functions)
		}
	}
}

func TestThumbDepths(t *testing.T) {
	wants := map[string]want{
		"leaf":               {bytes: 24},
		"caller":             {bytes: 40, functions: []string{"caller", "leaf"}},
		"tailing":            {bytes: 40, functions: []string{"tailing", "caller", "leaf"}},
		"tailing_unrecorded": {bytes: 48},
		"outlining":          {bytes: 32},
		"even":               {reason: "recursion: even calls odd calls even", at: "even"},
		"odd":                {reason: "recursion: odd calls even calls odd", at: "odd"},
		"recursive":          {reason: "recursion: recursive calls recursive", at: "recursive"},
		"into_cycle":         {reason: "recursion: odd calls even calls odd", at: "odd"},
		"indirect":           {reason: "a call through a func value", at: "indirect"},
		"above":              {reason: "a call through a func value", at: "indirect"},
		"dynamic":            {reason: "stack pointer is computed", at: "dynamic"},
		"literal":            {bytes: 48},
		"deferring":          {reason: "deferred calls", at: "runtime.deferenter"},
		"runtime.gopanic":    {bytes: 72, functions: []string{"runtime.gopanic", "runtime.leaveStack", "leaf"}},
	}
	for _, name := range []string{"microbit", "mps2-an386"} {
		t.Run(name, func(t *testing.T) {
			path, _ := link(t, "thumb.S", name)
			checkDepths(t, path, wants)
		})
	}
}

func TestRISCVDepths(t *testing.T) {
	path, _ := link(t, "riscv.S", "riscv-virt")
	checkDepths(t, path, map[string]want{
		"leaf":          {bytes: 32},
		"caller":        {bytes: 48},
		"tailing":       {bytes: 48},
		"outlining":     {bytes: 16},
		"even":          {reason: "recursion: even calls odd calls even", at: "even"},
		"indirect":      {reason: "a call through a func value", at: "indirect"},
		"tail_indirect": {reason: "a jump through", at: "tail_indirect"},
		"far":           {bytes: 48},
	})
}

// The order in which functions are asked for does not change what is found.
func TestOrder(t *testing.T) {
	path, _ := link(t, "thumb.S", "microbit")
	forward, backward := openGraph(t, path), openGraph(t, path)
	for i := range forward.functions {
		forward.depth(forward.functions[i])
		backward.depth(backward.functions[len(backward.functions)-1-i])
	}
	for i, fn := range forward.functions {
		a, b := forward.depth(fn), backward.depth(backward.functions[i])
		if a.bytes != b.bytes && a.reason == "" || (a.reason == "") != (b.reason == "") {
			t.Errorf("%s: %d %q one way, %d %q the other", fn.name, a.bytes, a.reason, b.bytes, b.reason)
		}
	}
}

func TestApply(t *testing.T) {
	path, machine := link(t, "thumb.S", "microbit")
	report, err := Apply(path, Input{Target: machine, Prefix: "stack."})
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Goroutines {
		report.Goroutines[i].At, report.Goroutines[i].WhereAt = Place{}, Place{}
	}
	size := (8 + 40 + overhead(machine) + 15) / 16 * 16
	want := []Goroutine{
		{Entry: "caller", Bytes: size, Path: []string{"caller", "leaf"}},
		{Entry: "gone", Reason: "the image has no such function", Where: "gone"},
		{Entry: "indirect", Reason: "a call through a func value or interface", Where: "indirect"},
	}
	if !reflect.DeepEqual(report.Goroutines, want) {
		t.Errorf("report %+v, want %+v", report.Goroutines, want)
	}
	lines := fmt.Sprint(report.Goroutines[0], "; ", report.Goroutines[2])
	if want := fmt.Sprintf("caller: %d bytes, deepest in leaf; indirect: no bound: a call through a func value or interface (indirect)", size); lines != want {
		t.Errorf("report reads %q, want %q", lines, want)
	}
	for name, want := range map[string]int64{"stack.caller": size, "stack.caller.llvm.17": size, "stack.indirect": 0, "stack.gone": 0} {
		if got := wordAt(t, path, name); got != want {
			t.Errorf("word %s is %d, want %d", name, got, want)
		}
	}
	before, _ := os.ReadFile(path)
	if _, err := Apply(path, Input{Target: machine, Prefix: "stack."}); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); string(before) != string(after) {
		t.Error("a second run changes the file")
	}
}

// wordAt reads the variable of a symbol from the file.
func wordAt(t *testing.T, path, name string) int64 {
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
			section := f.Sections[s.Section]
			data, err := section.Data()
			if err != nil {
				t.Fatal(err)
			}
			return int64(f.ByteOrder.Uint32(data[s.Value-section.Addr:]))
		}
	}
	t.Fatalf("no symbol %s", name)
	return 0
}

func TestNoWords(t *testing.T) {
	path, machine := link(t, "riscv.S", "riscv-virt")
	report, err := Apply(path, Input{Target: machine, Prefix: "stack."})
	if err != nil || len(report.Goroutines) != 0 {
		t.Errorf("report %+v, error %v", report, err)
	}
}

func TestOverhead(t *testing.T) {
	for name, want := range map[string]int64{"microbit": 76, "mps2-an386": 212, "riscv-virt": 128} {
		machine, err := target.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := overhead(machine); got != want {
			t.Errorf("%s: %d bytes, want %d", name, got, want)
		}
	}
}
