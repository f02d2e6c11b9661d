package conform

import (
	_ "embed"
	"runtime"
	"strings"
	"testing"
	"time"

	"mote/internal/need"
	"mote/target"
)

// sample names the tests that are part of every `make test`: some of each folder and feature, all of which pass.
//
//go:embed sample.txt
var sample string

// TestSample runs the sample on Cortex-M3 and RV32. The whole of GOROOT/test is `make conform`.
func TestSample(t *testing.T) {
	mote := need.Mote(t, "clang-19", "ld.lld-19", "qemu-system-arm", "qemu-system-riscv32")
	for _, name := range []string{"mps2-an385", "riscv-virt"} {
		t.Run(name, func(t *testing.T) {
			r := &Runner{Root: testRoot(t), Mote: mote, Target: name, Timeout: 3 * time.Minute, Jobs: runtime.NumCPU()}
			for _, res := range r.Run(sampled(t, name)) {
				if res.Outcome != Pass {
					t.Errorf("%s: %s", res.Test.Name, res.Cause)
				}
			}
		})
	}
}

// sampled finds the tests of the sample.
func sampled(t *testing.T, board string) []Test {
	t.Helper()
	b, err := target.Load(board)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Discover(testRoot(t), append(b.Tags, b.GOARCH))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Test{}
	for _, c := range all {
		byName[c.Name] = c
	}
	var tests []Test
	for _, name := range strings.Fields(sample) {
		c, ok := byName[name]
		if !ok || c.Exclude != "" {
			t.Fatalf("sample.txt: %s is not a test that applies", name)
		}
		tests = append(tests, c)
	}
	return tests
}
