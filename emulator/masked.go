package emulator

import (
	"bufio"
	"cmp"
	"context"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"mote/emulator/plugin"
)

// Masks says how long interrupts were masked in a run.
type Masks struct {
	Stretches   []Stretch // the longest first
	Nested      uint64    // masks set where one was set: the lengths are right only if this is 0
	Interrupted uint64    // stretches left out because a handler ran in them that the mask allows
}

// Stretch is all that was seen of the stretches that begin at one instruction.
type Stretch struct {
	Start, End uint64 // address of the instruction that masks, and of the one that unmasks the longest
	Function   string // symbol that Start lies in
	Count      uint64 // how many there were
	Max        uint64 // instructions of the longest: those executed while masked, with the one that unmasks
}

// Masked runs the image as Count does and measures the stretches of instructions with interrupts masked: by BASEPRI or PRIMASK on
// Cortex-M, by mstatus.MIE and in traps on RISC-V. It takes what begins and ends one for granted where the program has no nested masks;
// src/masked.c in plugin says how. A vector table in RAM is not known to it: what its handlers do inside a stretch is counted.
func Masked(ctx context.Context, cfg Config, cacheDir string) (Masks, Result, error) {
	so, err := plugin.Masked(cacheDir)
	if err != nil {
		return Masks{}, Result{}, err
	}
	f, err := elf.Open(cfg.ELF)
	if err != nil {
		return Masks{}, Result{}, fmt.Errorf("emulator: %w", err)
	}
	defer f.Close()
	text, res, err := observe(ctx, cfg, so, ",arch="+cfg.Target.GOARCH+entries(f))
	if err != nil {
		return Masks{}, res, err
	}
	masks, err := parseMasks(text)
	symbols, _ := f.Symbols()
	for i := range masks.Stretches {
		masks.Stretches[i].Function = symbolAt(symbols, masks.Stretches[i].Start)
	}
	return masks, res, err
}

// trapEntry is where RISC-V images with a scheduler take traps.
const trapEntry = "mote_trap_vector"

// entries are the plugin's arguments that name the handlers: the words of a Cortex-M vector table, or the entry of traps.
func entries(f *elf.File) string {
	if f.Machine == elf.EM_RISCV {
		symbols, _ := f.Symbols()
		for _, s := range symbols {
			if s.Name == trapEntry {
				return fmt.Sprintf(",trap=%x", s.Value)
			}
		}
		return ""
	}
	section := f.Section(".isr_vector")
	if section == nil {
		return ""
	}
	data, err := section.Data()
	if err != nil {
		return ""
	}
	var handlers []uint32
	for i := 4; i+4 <= len(data); i += 4 { // the first word is the stack pointer
		if word := binary.LittleEndian.Uint32(data[i:]); word != 0 && !slices.Contains(handlers, word) {
			handlers = append(handlers, word)
		}
	}
	var args strings.Builder
	for _, h := range handlers {
		fmt.Fprintf(&args, ",vector=%x", h&^1)
	}
	return args.String()
}

func parseMasks(text string) (Masks, error) {
	var m Masks
	var overflow uint64
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		var s Stretch
		line := lines.Text()
		name, _, _ := strings.Cut(line, " ")
		var err error
		switch name {
		case "nested":
			_, err = fmt.Sscanf(line, "nested %d", &m.Nested)
		case "interrupted":
			_, err = fmt.Sscanf(line, "interrupted %d", &m.Interrupted)
		case "overflow":
			_, err = fmt.Sscanf(line, "overflow %d", &overflow)
		default:
			_, err = fmt.Sscanf(line, "stretch %x %d %d %x", &s.Start, &s.Count, &s.Max, &s.End)
			m.Stretches = append(m.Stretches, s)
		}
		if err != nil {
			return Masks{}, fmt.Errorf("emulator: masks %q: %w", line, err)
		}
	}
	if overflow > 0 {
		return Masks{}, fmt.Errorf("emulator: interrupts are masked in more places than the plugin has room for")
	}
	slices.SortFunc(m.Stretches, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(b.Max, a.Max), cmp.Compare(a.Start, b.Start))
	})
	return m, nil
}

// symbolAt names the function that address lies in; "" for none.
func symbolAt(symbols []elf.Symbol, address uint64) string {
	for _, s := range symbols {
		if start := s.Value &^ 1; elf.ST_TYPE(s.Info) == elf.STT_FUNC && address >= start && address < start+s.Size {
			return s.Name
		}
	}
	return ""
}
