package target

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryBoardLoads(t *testing.T) {
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	want := "microbit mps2-an385 mps2-an386 mps2-an505 mps2-an521 netduinoplus2 nrf52840-dk pico riscv-virt stm32f4disco"
	var names []string
	for _, b := range all {
		names = append(names, b.Name)
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("boards = %s, want %s", got, want)
	}
}

func TestInheritance(t *testing.T) {
	b, err := Load("mps2-an386")
	if err != nil {
		t.Fatal(err)
	}
	if b.CPU != "cortex-m4" || b.Triple != "thumbv7em-none-eabihf" || !b.HardFloat || b.IRQs != 32 {
		t.Errorf("an386 = %+v", b)
	}
	if got := strings.Join(b.Tags, " "); got != "armv7m armv7em fpu" {
		t.Errorf("tags = %s", got)
	}
	if b.Exceptions[3] != "HardFault" || b.Exceptions[5] != "BusFault" {
		t.Errorf("exceptions = %v", b.Exceptions)
	}
	if b.VectorAlign() != 256 {
		t.Errorf("alignment = %d, want 256 for 48 vectors", b.VectorAlign())
	}
}

func TestUnknownTarget(t *testing.T) {
	_, err := Load("an385")
	if err == nil || !strings.Contains(err.Error(), `unknown target "an385"`) || !strings.Contains(err.Error(), "mps2-an385") {
		t.Errorf("err = %v", err)
	}
}

const good = `
description = "d"
cpu = "c"
triple = "t"
goarch = "thumb"
data_layout = "e"
cores = 1
cpu_hz = 1000000
tasks = 16
tick_hz = 1000
irqs = 2
startup = ["a.S"]
stack_handler = 64
stack_main = 64
stack_goroutine = 64
flash = [{ name = "flash", origin = 0, length = 1024 }]
`

const ram = `ram = [{ name = "ram", origin = 0x20000000, length = 1024 }]
`

func TestErrors(t *testing.T) {
	tests := []struct{ name, board, base, want string }{
		{"good", good + ram, "", ""},
		{"unknown key", good + ram + "colour = 1\n", "", "board/b.toml: colour: unknown key"},
		{"unknown nested key", good + "ram = [{ name = \"r\", size = 3 }]", "", "board/b.toml: ram.size: unknown key"},
		{"missing", good, "", "board/b.toml: ram: missing value"},
		{"overlap", good + `ram = [{ name = "ram", origin = 1000, length = 1024 }]`, "", "overlap"},
		{"same name", good + `ram = [{ name = "flash", origin = 0x20000000, length = 1024 }]`, "", `two regions are named "flash"`},
		{"behind 32 bits", good + `ram = [{ name = "ram", origin = 0xFFFFFFF0, length = 1024 }]`, "", "behind 32 bits"},
		{"cycle", `inherits = "arch/base"`, `inherits = "board/b"`, "cycle board/b → arch/base → board/b"},
		{"no parent", `inherits = "arch/nothing"`, "", `board/b.toml: inherits: no file "arch/nothing.toml"`},
		{"bad parent", `inherits = 3`, "", "inherits: want a string"},
		{"error in parent", `inherits = "arch/base"`, good + ram + "irq_names = [\"A\", \"A\"]", "arch/base.toml: irq_names: interrupts 0 and 1"},
		{"stack too large", strings.Replace(good, "stack_main = 64", "stack_main = 4096", 1) + ram, "", "stack_main: 4096 bytes do not fit"},
		{"odd stack", strings.Replace(good, "stack_main = 64", "stack_main = 65", 1) + ram, "", "stack_main: 65 is not a multiple of 8"},
		{"marker in RAM", good + ram + "markers = 0x20000000\n", "", `markers: 0x20000000 lies in region "ram"`},
		{"goarch", strings.Replace(good, `"thumb"`, `"arm"`, 1) + ram, "", "goarch: want thumb or riscv32"},
		{"exception", good + ram + "[exceptions]\n99 = \"X\"\n", "", "exceptions.99: want a number from 2 to 15"},
		{"emulator", good + ram + "[emulator]\nprogram = \"q\"\n", "", "emulator: package is missing"},
		{"syntax", "cpu = ", "", "board/b.toml: syntax"},
		{"type", good + "ram = 3", "", "board/b.toml: syntax"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := fstest.MapFS{"board/b.toml": {Data: []byte(tt.board)}, "arch/base.toml": {Data: []byte(tt.base)}}
			_, err := load(data, "b")
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want it to contain %q", err, tt.want)
			}
		})
	}
}
