package image

import (
	"debug/elf"
	"sort"
	"strings"
)

// Report says what takes room in an image, by package and by section. All sizes are bytes.
type Report struct {
	Packages []Package // by flash and RAM, largest first
	Sections []Section // loaded ones, by address
}

// Package is the share of one Go package; assembly and C helpers count as "(runtime support)", padding and unnamed data as "(other)".
type Package struct {
	Name                      string
	Code, ReadOnly, Data, BSS int64
	Symbols                   []Symbol // largest first
}

// Symbol is a function or variable.
type Symbol struct {
	Name    string
	Section string
	Size    int64
}

// Section is one loaded section of the image.
type Section struct {
	Name string
	Addr uint64
	Size int64
	Load bool // has contents in flash
}

// Flash is what the package takes in flash: initialised data counts here and in RAM.
func (p Package) Flash() int64 { return p.Code + p.ReadOnly + p.Data }

// RAM is the static RAM of the package.
func (p Package) RAM() int64 { return p.Data + p.BSS }

// Largest is the package's largest symbol in flash or RAM.
func (p Package) Largest(flash bool) (Symbol, bool) {
	for _, s := range p.Symbols {
		inFlash, inRAM := s.Section != ".bss" && s.Section != ".stack" && s.Section != ".noinit" && s.Section != ".tasks", s.Section != ".text" && s.Section != ".rodata" && s.Section != ".isr_vector"
		if flash && inFlash || !flash && inRAM {
			return s, true
		}
	}
	return Symbol{}, false
}

// Flash is the number of bytes the image takes in flash.
func (r *Report) Flash() int64 {
	var n int64
	for _, s := range r.Sections {
		if s.Load {
			n += s.Size
		}
	}
	return n
}

// RAM is the number of bytes of static RAM: variables, without stacks and heap.
func (r *Report) RAM() int64 {
	var n int64
	for _, s := range r.Sections {
		switch s.Name {
		case ".data", ".bss", ".noinit":
			n += s.Size
		}
	}
	return n
}

// Sizes reads the report from the image's symbol table.
func Sizes(path string) (*Report, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sizes(f)
}

func sizes(f *elf.File) (*Report, error) {
	r := &Report{}
	packages := map[string]*Package{}
	left := map[string]int64{}
	for _, s := range f.Sections {
		if s.Flags&elf.SHF_ALLOC == 0 || s.Size == 0 {
			continue
		}
		r.Sections = append(r.Sections, Section{s.Name, s.Addr, int64(s.Size), s.Type != elf.SHT_NOBITS})
		left[s.Name] = int64(s.Size)
	}
	sort.SliceStable(r.Sections, func(i, j int) bool { return r.Sections[i].Addr < r.Sections[j].Addr })
	symbols, err := f.Symbols()
	if err != nil {
		return nil, damaged("symbol table: %v", err)
	}
	for _, s := range distinct(symbols, f) {
		if s.Size > left[s.Section] {
			s.Size = left[s.Section] // overlapping symbols never count more than the section has
		}
		left[s.Section] -= s.Size
		add(packages, packageOf(s.Name), s)
	}
	for section, n := range left {
		if n > 0 {
			name := "(other)"
			if section == ".stack" || section == ".tasks" {
				name = "(stacks)"
			}
			add(packages, name, Symbol{Name: section, Section: section, Size: n})
		}
	}
	for _, p := range packages {
		sort.SliceStable(p.Symbols, func(i, j int) bool { return less(p.Symbols[i], p.Symbols[j]) })
		r.Packages = append(r.Packages, *p)
	}
	sort.Slice(r.Packages, func(i, j int) bool {
		a, b := r.Packages[i], r.Packages[j]
		if n, m := a.Flash()+a.BSS, b.Flash()+b.BSS; n != m {
			return n > m
		}
		return a.Name < b.Name
	})
	return r, nil
}

func less(a, b Symbol) bool {
	if a.Size != b.Size {
		return a.Size > b.Size
	}
	return a.Name < b.Name
}

// distinct lists sized functions and variables of loaded sections, one of several names for the same place.
func distinct(symbols []elf.Symbol, f *elf.File) []Symbol {
	type place struct {
		addr uint64
		kind elf.SymType
	}
	seen := map[place]bool{}
	var out []Symbol
	for _, s := range symbols {
		kind := elf.ST_TYPE(s.Info)
		if kind != elf.STT_FUNC && kind != elf.STT_OBJECT || s.Size == 0 || int(s.Section) >= len(f.Sections) {
			continue
		}
		section := f.Sections[s.Section]
		at := place{s.Value, kind}
		if section.Flags&elf.SHF_ALLOC == 0 || seen[at] {
			continue
		}
		seen[at] = true
		out = append(out, Symbol{s.Name, section.Name, int64(s.Size)})
	}
	sort.SliceStable(out, func(i, j int) bool { return less(out[i], out[j]) })
	return out
}

func add(packages map[string]*Package, name string, s Symbol) {
	p := packages[name]
	if p == nil {
		p = &Package{Name: name}
		packages[name] = p
	}
	switch s.Section {
	case ".text":
		p.Code += s.Size
	case ".data":
		p.Data += s.Size
	case ".bss", ".stack", ".noinit", ".tasks":
		p.BSS += s.Size
	default:
		p.ReadOnly += s.Size
	}
	p.Symbols = append(p.Symbols, s)
}

// packageOf takes the package path from a linker name. What the compiler makes for no package in particular has names of its own.
func packageOf(symbol string) string {
	for _, g := range []struct{ prefix, name string }{
		{"type:.eq.", ""}, {"type:.hash.", ""}, {"type:", "(types)"}, {"go:itab.", "(types)"}, {"go:string.", "(strings)"}, {"go:", "(types)"},
	} {
		rest, ok := strings.CutPrefix(symbol, g.prefix)
		if ok && g.name != "" {
			return g.name
		}
		if ok {
			symbol = strings.TrimLeft(rest, "*[]0123456789()")
			break
		}
	}
	name, generated, _ := strings.Cut(symbol, "·") // reflect·const.3, main.f·f
	for _, kind := range []string{"static", "const", "closure", "box"} {
		if strings.HasPrefix(generated, kind) {
			return name
		}
	}
	if i := strings.IndexAny(name, "[({,"); i >= 0 {
		name = name[:i]
	}
	slash := strings.LastIndex(name, "/") + 1
	dot := strings.Index(name[slash:], ".")
	if dot <= 0 {
		return "(runtime support)"
	}
	return name[:slash+dot]
}
