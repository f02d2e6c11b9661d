package stack

import (
	"debug/elf"
	"path/filepath"
	"testing"

	"mote/internal/need"
	"mote/target"
)

// What the compiler records about frames and what instructions take agree, so that each vouches for the other.
func TestFramesAgree(t *testing.T) {
	need.Tools(t, "clang-19", "ld.lld-19")
	for _, name := range []string{"microbit", "mps2-an385", "mps2-an386", "mps2-an505", "riscv-virt"} {
		machine, err := target.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, opt := range []string{"-Oz", "-O2"} {
			t.Run(name+opt, func(t *testing.T) { checkFrames(t, machine, opt) })
		}
	}
}

func checkFrames(t *testing.T, machine *target.Target, opt string) {
	dir := t.TempDir()
	object, image := filepath.Join(dir, "a.o"), filepath.Join(dir, "a.elf")
	args := append([]string{"--target=" + machine.Triple, opt, "-g", "-fomit-frame-pointer", "-c", "-o", object}, machine.CFlags...)
	run(t, "clang-19", append(args, filepath.Join("testdata", "frames.c"))...)
	run(t, "ld.lld-19", "-Ttext=0x1000", "-e", "none", "--unresolved-symbols=ignore-all", object, "-o", image)
	f, err := elf.Open(image)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := readCode(f)
	if err != nil {
		t.Fatal(err)
	}
	recorded := c.frames()
	for _, fn := range c.functions {
		again := &function{name: fn.name, low: fn.low, high: fn.high}
		taken := c.decode(again)
		size, ok := recorded[fn.low]
		switch {
		case fn.name == "variable":
			if fn.dynamic == "" {
				t.Errorf("variable: %d bytes, want no bound", fn.frame)
			}
		case !ok:
			t.Errorf("%s: nothing is recorded", fn.name)
		case again.dynamic == "" && taken != size:
			t.Errorf("%s: %d bytes recorded, %d taken", fn.name, size, taken)
		case again.dynamic != "" && fn.name != "largest" && fn.name != "larger":
			t.Errorf("%s: %s", fn.name, again.dynamic)
		}
	}
	for name, least := range map[string]int64{"large": 300, "larger": 3000, "largest": 70000} {
		if fn := c.byName[name]; fn == nil || fn.frame < least || fn.frame > least+64 {
			t.Errorf("%s: %+v, want about %d bytes", name, fn, least)
		}
	}
}
