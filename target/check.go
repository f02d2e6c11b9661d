package target

import "fmt"

// check finds missing and contradictory values; an error names the file that set the key, or the board's when none did.
func (r *resolver) check(t *Target) error {
	for _, f := range []func(*Target) error{r.checkPresent, r.checkArch, r.checkRegions, r.checkMarkers, r.checkStacks, r.checkInterrupts, r.checkEmulator} {
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolver) fail(t *Target, key, format string, args ...any) error {
	file := r.origin[key]
	if file == "" {
		file = "board/" + t.Name
	}
	return fail(file, key, format, args...)
}

func (r *resolver) checkPresent(t *Target) error {
	required := []struct {
		key string
		ok  bool
	}{
		{"description", t.Description != ""}, {"cpu", t.CPU != ""}, {"triple", t.Triple != ""}, {"goarch", t.GOARCH != ""},
		{"data_layout", t.DataLayout != ""}, {"cores", t.Cores > 0}, {"flash", len(t.Flash) > 0}, {"ram", len(t.RAM) > 0},
		{"cpu_hz", t.CPUHz > 0}, {"tick_hz", t.TickHz > 0}, {"tasks", t.Tasks > 0}, {"irqs", t.IRQs > 0}, {"stack_handler", t.StackHandler > 0},
		{"stack_main", t.StackMain > 0}, {"stack_goroutine", t.StackGoroutine > 0}, {"startup", len(t.Startup) > 0},
	}
	for _, q := range required {
		if !q.ok {
			return r.fail(t, q.key, "missing value")
		}
	}
	return nil
}

func (r *resolver) checkArch(t *Target) error {
	if t.GOARCH != "thumb" && t.GOARCH != "riscv32" {
		return r.fail(t, "goarch", "want thumb or riscv32, have %q", t.GOARCH)
	}
	if t.CPUHz < t.TickHz {
		return r.fail(t, "tick_hz", "%d Hz is faster than the clock of %d Hz", t.TickHz, t.CPUHz)
	}
	return nil
}

func (r *resolver) checkRegions(t *Target) error {
	type placed struct {
		Region
		key string
	}
	var all []placed
	for key, regions := range map[string][]Region{"flash": t.Flash, "ram": t.RAM} {
		for i, g := range regions {
			at := fmt.Sprintf("%s[%d]", key, i)
			if g.Name == "" || g.Length == 0 {
				return r.fail(t, key, "%s wants name, origin and a length above 0", at)
			}
			if g.End() > 1<<32 {
				return r.fail(t, key, "%s %q ends at %#x, behind 32 bits", at, g.Name, g.End())
			}
			all = append(all, placed{g, key})
		}
	}
	if len(t.RAM) > 2 {
		return r.fail(t, "ram", "want at most 2 regions, have %d", len(t.RAM))
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if a.Name == b.Name {
				return r.fail(t, a.key, "two regions are named %q", a.Name)
			}
			if a.Origin < b.End() && b.Origin < a.End() {
				return r.fail(t, a.key, "regions %q and %q overlap", a.Name, b.Name)
			}
		}
	}
	return nil
}

func (r *resolver) checkMarkers(t *Target) error {
	if t.Markers == 0 {
		return nil
	}
	if t.Markers%16 != 0 {
		return r.fail(t, "markers", "%#x is not a multiple of 16", t.Markers)
	}
	for _, g := range append(append([]Region{}, t.Flash...), t.RAM...) {
		if t.Markers+16 > g.Origin && t.Markers < g.End() {
			return r.fail(t, "markers", "%#x lies in region %q", t.Markers, g.Name)
		}
	}
	return nil
}

func (r *resolver) checkStacks(t *Target) error {
	for key, n := range map[string]int64{"stack_handler": t.StackHandler, "stack_main": t.StackMain, "stack_goroutine": t.StackGoroutine, "stack_test": t.StackTest} {
		if n%8 != 0 {
			return r.fail(t, key, "%d is not a multiple of 8", n)
		}
		if uint64(n) > t.RAM[0].Length {
			return r.fail(t, key, "%d bytes do not fit region %q of %d", n, t.RAM[0].Name, t.RAM[0].Length)
		}
	}
	return nil
}

func (r *resolver) checkInterrupts(t *Target) error {
	if t.IRQs > 480 {
		return r.fail(t, "irqs", "want at most 480, have %d", t.IRQs)
	}
	if len(t.IRQNames) > t.IRQs {
		return r.fail(t, "irq_names", "%d names for %d interrupts", len(t.IRQNames), t.IRQs)
	}
	seen := map[string]int{}
	for i, name := range t.IRQNames {
		if j, dup := seen[name]; dup && name != "" {
			return r.fail(t, "irq_names", "interrupts %d and %d are both named %q", j, i, name)
		}
		seen[name] = i
	}
	return nil
}

func (r *resolver) checkEmulator(t *Target) error {
	e := t.Emulator
	if e.Program == "" && (e.Package != "" || len(e.Args) > 0) {
		return r.fail(t, "emulator", "program is missing")
	}
	if e.Program != "" && e.Package == "" {
		return r.fail(t, "emulator", "package is missing")
	}
	return nil
}
