package stack

import (
	"debug/dwarf"
	"debug/elf"
	"io"
	"sort"
)

// places tells where in the source an instruction is.
type places struct {
	rows         []row // by address
	declarations map[uint64]Place
}

// row is a row of a line table: from addr on, instructions are at place; line 0 is nowhere.
type row struct {
	addr  uint64
	place Place
}

// readPlaces reads the line tables and the places of functions; an image without debug information has none.
func readPlaces(f *elf.File) *places {
	p := &places{declarations: map[uint64]Place{}}
	info, err := f.DWARF()
	if err != nil {
		return p
	}
	var files []*dwarf.LineFile
	r := info.Reader()
	for {
		e, err := r.Next()
		if err != nil || e == nil {
			break
		}
		switch e.Tag {
		case dwarf.TagCompileUnit:
			files = p.readUnit(info, e)
		case dwarf.TagSubprogram:
			p.declare(e, files)
			r.SkipChildren()
		}
	}
	// Of rows with one address the last counts.
	sort.SliceStable(p.rows, func(i, j int) bool { return p.rows[i].addr < p.rows[j].addr })
	return p
}

// readUnit adds the rows of a compilation unit and returns its files.
func (p *places) readUnit(info *dwarf.Data, unit *dwarf.Entry) []*dwarf.LineFile {
	lines, err := info.LineReader(unit)
	if err != nil || lines == nil {
		return nil
	}
	var e dwarf.LineEntry
	var pending []row // of the sequence: one of code that the linker removed begins at 0
	for {
		if err := lines.Next(&e); err == io.EOF {
			return lines.Files()
		} else if err != nil {
			return nil
		}
		at := row{addr: e.Address}
		if !e.EndSequence && e.File != nil {
			at.place = Place{e.File.Name, e.Line, e.Column}
		}
		pending = append(pending, at)
		if e.EndSequence {
			if pending[0].addr != 0 {
				p.rows = append(p.rows, pending...)
			}
			pending = pending[:0]
		}
	}
}

// declare notes the place of a function.
func (p *places) declare(e *dwarf.Entry, files []*dwarf.LineFile) {
	low, ok := e.Val(dwarf.AttrLowpc).(uint64)
	line, _ := e.Val(dwarf.AttrDeclLine).(int64)
	n, known := e.Val(dwarf.AttrDeclFile).(int64)
	if ok && known && n >= 0 && int(n) < len(files) && files[n] != nil {
		p.declarations[low&^1] = Place{File: files[n].Name, Line: int(line)}
	}
}

// of is the place of the instruction at an address; line 0 when it has none.
func (p *places) of(addr uint64) Place {
	i := sort.Search(len(p.rows), func(i int) bool { return p.rows[i].addr > addr })
	if i == 0 {
		return Place{}
	}
	return p.rows[i-1].place
}

// declaration is the place of fn's declaration.
func (g *graph) declaration(fn *function) Place { return g.places.declarations[fn.low] }
