package conform

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"mote/emulator"
	"mote/internal/cache"
	"mote/target"
)

// MaskBar is the most instructions that may be executed at a stretch with interrupts masked. A trap of a RISC-V core, which is masked
// by nature and not by the kernel, is listed and not held to it.
const MaskBar = 60

// trapVector is the symbol at which RISC-V images take traps.
const trapVector = "mote_trap_vector"

// Masks gathers over many runs how long interrupts were masked. Its methods may be called by several goroutines.
type Masks struct {
	mu          sync.Mutex
	functions   map[string]MaskedFunction
	runs        int
	nested      map[string]uint64 // by test: its lengths are not to be trusted
	interrupted uint64
}

// MaskedFunction is what was seen of the stretches that begin in one function.
type MaskedFunction struct {
	Name  string
	Max   uint64 // instructions of the longest
	Count uint64
	Test  string // in which the longest was seen
}

// OverBar reports whether the longest stretch is longer than it may be.
func (f MaskedFunction) OverBar() bool { return f.Max > MaskBar && f.Name != trapVector }

// add takes the stretches of one run of test.
func (m *Masks) add(test string, run emulator.Masks) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.functions == nil {
		m.functions, m.nested = map[string]MaskedFunction{}, map[string]uint64{}
	}
	m.runs++
	m.interrupted += run.Interrupted
	if run.Nested > 0 {
		m.nested[test] = run.Nested
	}
	for _, s := range run.Stretches {
		f := m.functions[s.Function]
		f.Name = s.Function
		f.Count += s.Count
		if s.Max > f.Max {
			f.Max, f.Test = s.Max, test
		}
		m.functions[s.Function] = f
	}
}

// Functions lists what was seen, the longest first.
func (m *Masks) Functions() []MaskedFunction {
	return slices.SortedFunc(maps.Values(m.functions), func(a, b MaskedFunction) int {
		return cmp.Or(cmp.Compare(b.Max, a.Max), cmp.Compare(a.Name, b.Name))
	})
}

// Write writes the list as a table, and returns the longest stretch that the bar is for.
func (m *Masks) Write(w io.Writer) (longest uint64, err error) {
	fmt.Fprintf(w, "# instructions with interrupts masked, over %d programs; %d stretches were interrupted by what the mask allows and left out\n", m.runs, m.interrupted)
	for _, test := range slices.Sorted(maps.Keys(m.nested)) {
		fmt.Fprintf(w, "# %s masks %d times while masked: its lengths may be wrong\n", test, m.nested[test])
	}
	for _, f := range m.Functions() {
		note := ""
		if f.OverBar() {
			note = fmt.Sprintf("  above the bar of %d", MaskBar)
		}
		if f.Name != trapVector {
			longest = max(longest, f.Max)
		}
		_, err = fmt.Fprintf(w, "%6d  %10d times  %s  (%s)%s\n", f.Max, f.Count, f.Name, f.Test, note)
	}
	return longest, err
}

// ReadLongest reads from a list that Write has written the longest stretch that the bar is for; 0 when there is none.
func ReadLongest(list io.Reader) (uint64, error) {
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		var f MaskedFunction
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		if _, err := fmt.Sscanf(lines.Text(), "%d %d times %s", &f.Max, &f.Count, &f.Name); err != nil {
			return 0, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		if f.Name != trapVector {
			return f.Max, nil
		}
	}
	return 0, lines.Err()
}

// masked does what mote does, with the emulator started here and its plugin loaded.
func (r *Runner) masked(ctx context.Context, test, dir string, pkg, args []string) ([]byte, error) {
	tmp, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	elf := filepath.Join(tmp, "test.elf")
	line := []string{"build", "-target", r.Target, "-o", elf}
	if r.Opt != "" {
		line = append(line, "-opt="+r.Opt)
	}
	build := exec.CommandContext(ctx, r.Mote, slices.Concat(line, pkg)...)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return out, err
	}
	board, err := target.Load(r.Target)
	if err != nil {
		return nil, err
	}
	folder, err := cache.Dir()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	masks, res, err := emulator.Masked(ctx, emulator.Config{Target: board, ELF: elf, Args: args, Dir: dir, Stdout: &out, Stderr: &out}, folder)
	if err != nil {
		return out.Bytes(), err
	}
	r.Masks.add(test, masks)
	if res.ExitCode != 0 {
		err = fmt.Errorf("exit status %d", res.ExitCode)
	}
	return out.Bytes(), err
}
