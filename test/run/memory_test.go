package run

import (
	"context"
	"flag"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"mote/emulator"
)

// memoryReport is what a program prints that runs out of memory: Go's text, and a line on what is left.
var memoryReport = regexp.MustCompile(`^runtime: out of memory: cannot allocate (\d+)-byte block \((\d+) in use\)
runtime: largest free block (\d+) of (\d+) free bytes
fatal error: out of memory

goroutine \d+ \[running\]:
`)

// TestOutOfMemory runs the programs in device that need more memory than there is.
func TestOutOfMemory(t *testing.T) {
	for _, program := range []struct {
		name     string
		asked    int // at least so many bytes
		nearFull bool
	}{
		{"oom_list", 104, true},
		{"oom_large", 100 << 20, false},
		{"oom_goroutines", 100, true},
	} {
		for _, board := range emulated(t) {
			t.Run(program.name+"/"+board.Name, func(t *testing.T) {
				t.Parallel()
				got := onTarget(t, "device/"+program.name, board)
				m := memoryReport.FindStringSubmatch(got.stderr)
				if m == nil || got.status != 2 || got.stdout != "" {
					t.Fatalf("exit status %d, stdout %q, stderr\n%s", got.status, got.stdout, got.stderr)
				}
				n := numbers(t, m[1:])
				asked, inUse, largest, free := n[0], n[1], n[2], n[3]
				if asked < program.asked || largest >= asked || largest > free {
					t.Errorf("asked for %d of %d bytes at least, largest free block %d of %d", asked, program.asked, largest, free)
				}
				if program.nearFull != (free < inUse) {
					t.Errorf("%d bytes in use, %d free", inUse, free)
				}
			})
		}
	}
}

func numbers(t *testing.T, texts []string) (list []int) {
	t.Helper()
	for _, s := range texts {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

// TestSoak makes ten million allocations on a board of 20 MB, most of them live: see testdata/gc_soak. `make soak` runs it.
func TestSoak(t *testing.T) {
	if !*soak {
		t.Skip("takes minutes; make soak runs it")
	}
	for _, board := range emulated(t) {
		if board.Name != "mps2-an385" {
			continue
		}
		stdout, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: board, ELF: build(t, "testdata/gc_soak", board),
			Args: []string{"10000000"}, Timeout: soakLimit})
		t.Logf("%s%s", stdout, stderr)
		if err != nil || res.ExitCode != 0 || !strings.HasSuffix(stderr, "true 0 0\n") {
			t.Errorf("exit status %d, %v", res.ExitCode, err)
		}
	}
}

var soak = flag.Bool("soak", false, "make ten million allocations in TestSoak")

// soakLimit is for the soak test in the emulator.
const soakLimit = 15 * time.Minute
