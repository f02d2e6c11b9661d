package elfgate

import (
	"cmp"
	"debug/elf"
	"fmt"
	"slices"
	"strings"
)

// Sizes is what fills a program. All sizes are in bytes.
type Sizes struct {
	File     uint64  `json:"file"`
	Text     uint64  `json:"text"` // executable
	RAM      uint64  `json:"ram"`  // writable, at start
	Sections []Share `json:"sections"`
	Packages []Share `json:"packages"` // code by package, largest first
}

// Share is a part of a whole.
type Share struct {
	Name string `json:"name"`
	Size uint64 `json:"size"`
}

// maxShares is how many packages a report has.
const maxShares = 20

// checkSizes compares with the budget.
func (g *gate) checkSizes() bool {
	s := &Sizes{File: uint64(len(g.data)), Sections: []Share{}, Packages: g.packageSizes()}
	for _, p := range g.file.Progs {
		if p.Type != elf.PT_LOAD {
			continue
		}
		if p.Flags&elf.PF_X != 0 {
			s.Text += p.Filesz
		}
		if p.Flags&elf.PF_W != 0 {
			s.RAM += p.Memsz
		}
	}
	for _, sec := range g.file.Sections {
		if sec.FileSize > 0 && sec.Type != elf.SHT_NOBITS {
			s.Sections = append(s.Sections, Share{sec.Name, sec.FileSize})
		}
	}
	slices.SortStableFunc(s.Sections, bySize)
	g.report.Sizes = s
	budget := g.profile.Size
	for _, b := range []struct {
		code      Code
		have, max uint64
		by        []Share
	}{{SizeFile, s.File, budget.Max, s.Sections}, {SizeText, s.Text, budget.Text, s.Packages}, {SizeRAM, s.RAM, budget.RAM, s.writable(g.file)}} {
		if b.max > 0 && b.have > b.max {
			g.find(b.code, "%d bytes, %d more than the budget of %d; largest: %s", b.have, b.have-b.max, b.max, largest(b.by))
		}
	}
	return true
}

// packageSizes adds up the code of each package.
func (g *gate) packageSizes() []Share {
	sums := map[string]uint64{}
	for _, f := range g.funcs {
		if f.end > f.start {
			sums[f.pkg()] += f.end - f.start
		}
	}
	shares := []Share{}
	for name, size := range sums {
		shares = append(shares, Share{name, size})
	}
	slices.SortFunc(shares, bySize)
	return shares[:min(len(shares), maxShares)]
}

// writable are the sections that are writable memory.
func (s *Sizes) writable(f *elf.File) []Share {
	var out []Share
	for _, sec := range f.Sections {
		if sec.Flags&elf.SHF_WRITE != 0 {
			out = append(out, Share{sec.Name, sec.Size})
		}
	}
	slices.SortFunc(out, bySize)
	return out
}

func bySize(a, b Share) int {
	return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Name, b.Name))
}

// largest names the three largest shares.
func largest(shares []Share) string {
	var out []string
	for _, s := range shares[:min(len(shares), 3)] {
		out = append(out, fmt.Sprintf("%s %d", s.Name, s.Size))
	}
	return strings.Join(out, ", ")
}
