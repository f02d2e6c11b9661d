// Package budget holds sizes and instruction counts to what they were when they were last accepted.
//
// The numbers are exact: bytes of the image, and instructions executed in the emulator between two markers. They stand in
// size.txt and speed.txt; a test fails when one is exceeded. `make golden` writes the files again, and the difference shows
// in the commit, which explains it.
package budget

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mote/compiler"
	"mote/emulator"
	"mote/image"
	"mote/internal/need"
	"mote/test/boot"
)

var update = flag.Bool("update", false, "write the budget files again")

// board is what everything is measured on.
const board = "mps2-an385"

// bars are upper limits that no update may pass: flash and static RAM without stacks, in bytes.
var bars = map[string][2]int64{
	"println": {4096, 1536},
	"fmt":     {200 << 10, 64 << 10},
}

// TestSize measures flash and static RAM at -opt=z. Stacks are the target's choice and not counted.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	need.Tools(t, "clang-19", "ld.lld-19")
	names := []string{"empty", "println", "blink", "pingpong", "fmt", "printf", "json",
		"examples/button", "examples/control", "examples/pipeline"}
	check(t, "size.txt", "program flash RAM (bytes)", names, func(t *testing.T, name string) []int64 {
		dir := "./testdata/size/" + name
		if strings.HasPrefix(name, "examples/") {
			dir = "../../" + name
		}
		img := build(t, "z", dir)
		report, err := image.Sizes(img.Path)
		if err != nil {
			t.Fatal(err)
		}
		got := []int64{report.Flash(), staticRAM(report)}
		if bar, ok := bars[name]; ok && (got[0] > bar[0] || got[1] > bar[1]) {
			t.Errorf("%d bytes of flash, %d of static RAM; the bar is %d and %d", got[0], got[1], bar[0], bar[1])
		}
		return got
	})
}

// staticRAM is what .data and .bss take.
func staticRAM(r *image.Report) int64 {
	var n int64
	for _, s := range r.Sections {
		if s.Name == ".data" || s.Name == ".bss" {
			n += s.Size
		}
	}
	return n
}

// TestInstructions counts the instructions of small kernels at -opt=2.
func TestInstructions(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	need.Tools(t, "clang-19", "ld.lld-19", "qemu-system-arm")
	names := []string{"fib", "sieve", "quick", "core", "sha", "sort", "nbody", "mapbench", "strbuild", "iface",
		"chanping", "gosched", "deferbench", "panicrec", "gctree"}
	check(t, "speed.txt", "kernel instructions", names, func(t *testing.T, name string) []int64 {
		img := build(t, "2", "testdata/speed/"+name+".go", "testdata/speed/mark.go")
		counts, _, err := emulator.Count(context.Background(), emulator.Config{Target: boot.Board(t, board), ELF: img.Path, Timeout: 5 * time.Minute}, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if counts.Region.Passes == 0 {
			t.Fatal("the program passed no markers")
		}
		return []int64{int64(counts.Region.Total)}
	})
}

// TestSecondBuildMakesNothing proves that an unchanged program is not compiled again.
func TestSecondBuildMakesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	need.Tools(t, "clang-19", "ld.lld-19")
	build(t, "z", "./testdata/size/println")
	if img := build(t, "z", "./testdata/size/println"); !img.Cached {
		t.Error("the second build of an unchanged program was not taken from the cache")
	}
}

// check measures each name and compares with the file, or writes it.
func check(t *testing.T, file, head string, names []string, measure func(*testing.T, string) []int64) {
	t.Helper()
	want := read(t, file)
	var out strings.Builder
	fmt.Fprintf(&out, "# %s on %s; written by make golden\n", head, board)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			got := measure(t, name)
			fmt.Fprintf(&out, "%s%s\n", name, join(got))
			t.Logf("%s:%s", name, join(got))
			if *update {
				return
			}
			if len(want[name]) != len(got) {
				t.Fatalf("%s has no budget for %s; run make golden", file, name)
			}
			for i, n := range got {
				if n > want[name][i] {
					t.Errorf("%d exceeds the budget of %d by %.1f%%", n, want[name][i], 100*float64(n-want[name][i])/float64(want[name][i]))
				}
			}
		})
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func join(numbers []int64) string {
	var b strings.Builder
	for _, n := range numbers {
		b.WriteString(" " + strconv.FormatInt(n, 10))
	}
	return b.String()
}

// read parses a budget file; a missing one is empty.
func read(t *testing.T, file string) map[string][]int64 {
	t.Helper()
	budget := map[string][]int64{}
	f, err := os.Open(file)
	if os.IsNotExist(err) {
		return budget
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, s := range fields[1:] {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				t.Fatalf("%s: %q: %v", file, lines.Text(), err)
			}
			budget[fields[0]] = append(budget[fields[0]], n)
		}
	}
	return budget
}

// build makes the image of a package or of files.
func build(t *testing.T, opt string, patterns ...string) *compiler.Image {
	t.Helper()
	files := make([]string, len(patterns))
	for i, p := range patterns {
		var err error
		if files[i], err = filepath.Abs(p); err != nil {
			t.Fatal(err)
		}
	}
	return boot.BuildWith(t, board, func(cfg *compiler.Config) { cfg.Patterns, cfg.Opt = files, opt })
}
