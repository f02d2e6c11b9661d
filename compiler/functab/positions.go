package functab

import (
	"debug/dwarf"
	"debug/elf"
	"io"
	"sort"
)

// positions is what the debug information says, in the order of addresses.
type positions struct {
	data     *dwarf.Data
	rows     []row
	programs map[uint64]*subprogram // by first address
	origins  map[dwarf.Offset]origin
}

// row is the position of the instructions from addr on.
type row struct {
	addr uint64
	file string
	line int  // 0: none, the compiler has merged instructions of several lines
	end  bool // behind a sequence: nothing is known from here on
}

// subprogram is a function's entry in the debug information.
type subprogram struct {
	ref   dwarf.Offset
	nodes []node
}

// origin is what the source says of a function.
type origin struct {
	name string
	kind kind
	file string
	line int
}

func readPositions(f *elf.File) (*positions, error) {
	data, err := f.DWARF()
	if err != nil {
		return nil, err
	}
	p := &positions{data: data, programs: map[uint64]*subprogram{}, origins: map[dwarf.Offset]origin{}}
	r := data.Reader()
	for {
		unit, err := r.Next()
		if err != nil {
			return nil, err
		}
		if unit == nil {
			break
		}
		files, err := p.readRows(unit)
		if err != nil {
			return nil, err
		}
		if !unit.Children {
			continue
		}
		w := walker{positions: p, r: r, files: files}
		if err := w.children(nil, 0); err != nil {
			return nil, err
		}
	}
	sort.SliceStable(p.rows, func(i, j int) bool {
		a, b := p.rows[i], p.rows[j]
		return a.addr < b.addr || a.addr == b.addr && a.end && !b.end
	})
	return p, nil
}

// readRows reads the line table of a unit and returns its files.
func (p *positions) readRows(unit *dwarf.Entry) ([]*dwarf.LineFile, error) {
	lines, err := p.data.LineReader(unit)
	if err != nil || lines == nil {
		return nil, err
	}
	for {
		var e dwarf.LineEntry
		if err := lines.Next(&e); err == io.EOF {
			return lines.Files(), nil
		} else if err != nil {
			return nil, err
		}
		x := row{addr: e.Address, line: e.Line, end: e.EndSequence}
		if e.File != nil {
			x.file = e.File.Name
		}
		p.rows = append(p.rows, x)
	}
}

// walker reads the entries of one unit.
type walker struct {
	*positions
	r     *dwarf.Reader
	files []*dwarf.LineFile
}

// children reads entries up to the end of the list that the reader is in. They are inside the node of sub with number parent.
func (w walker) children(sub *subprogram, parent int) error {
	for {
		e, err := w.r.Next()
		if err != nil {
			return err
		}
		if e == nil || e.Tag == 0 {
			return nil
		}
		inner, number := sub, parent
		switch e.Tag {
		case dwarf.TagSubprogram:
			inner, number = w.subprogram(e), 0
		case dwarf.TagInlinedSubroutine:
			if sub != nil {
				sub.nodes = append(sub.nodes, w.node(e, parent))
				number = len(sub.nodes)
			}
		case dwarf.TagLexDwarfBlock, dwarf.TagNamespace, dwarf.TagModule:
		default:
			w.r.SkipChildren()
			continue
		}
		if e.Children {
			if err := w.children(inner, number); err != nil {
				return err
			}
		}
	}
}

// subprogram notes a function: one that has code, or what the entries of such refer to.
func (w walker) subprogram(e *dwarf.Entry) *subprogram {
	s := &subprogram{ref: reference(e)}
	if s.ref == e.Offset {
		w.origins[e.Offset] = w.origin(e)
	}
	if ranges, err := w.data.Ranges(e); err == nil && len(ranges) > 0 {
		w.programs[ranges[0][0]] = s
	}
	return s
}

func (w walker) node(e *dwarf.Entry, parent int) node {
	n := node{parent: parent, ref: reference(e), file: w.file(e, dwarf.AttrCallFile), line: number(e, dwarf.AttrCallLine)}
	n.ranges, _ = w.data.Ranges(e)
	return n
}

// reference is the entry that says which function e is, maybe in another unit.
func reference(e *dwarf.Entry) dwarf.Offset {
	for _, attr := range []dwarf.Attr{dwarf.AttrAbstractOrigin, dwarf.AttrSpecification} {
		if to, ok := e.Val(attr).(dwarf.Offset); ok {
			return to
		}
	}
	return e.Offset
}

// origin reads what an entry says of a function itself.
func (w walker) origin(e *dwarf.Entry) origin {
	symbol, ok := e.Val(dwarf.AttrLinkageName).(string)
	if !ok {
		symbol, _ = e.Val(dwarf.AttrName).(string)
	}
	o := origin{file: w.file(e, dwarf.AttrDeclFile), line: number(e, dwarf.AttrDeclLine)}
	o.name, o.kind = goName(symbol)
	if artificial, _ := e.Val(dwarf.AttrArtificial).(bool); artificial && o.kind == ordinary {
		o.kind = hidden
	}
	return o
}

func (w walker) file(e *dwarf.Entry, attr dwarf.Attr) string {
	n := number(e, attr)
	if n < 0 || n >= len(w.files) || w.files[n] == nil {
		return ""
	}
	return w.files[n].Name
}

func number(e *dwarf.Entry, attr dwarf.Attr) int {
	n, _ := e.Val(attr).(int64)
	return int(n)
}

// describe completes a function with what the debug information has on it. One that it does not know is none of the source.
func (p *positions) describe(fn *function) {
	s := p.programs[fn.low]
	if s == nil {
		if fn.kind == ordinary {
			fn.kind = hidden
		}
		return
	}
	o := p.origins[s.ref]
	fn.file, fn.line, fn.nodes = o.file, o.line, s.nodes
	if fn.kind == ordinary {
		fn.kind = o.kind
	}
	for i := range fn.nodes {
		n := &fn.nodes[i]
		o := p.origins[n.ref]
		n.name, n.kind = o.name, o.kind
	}
}

// locate completes a call with its position. Instructions without a line have that of the code before them.
func (p *positions) locate(fn *function, s *site) {
	pc := s.ra - 2
	s.node = fn.innermost(pc)
	s.file, s.line = fn.file, fn.line
	for i := sort.Search(len(p.rows), func(i int) bool { return p.rows[i].addr > pc }) - 1; i >= 0 && p.rows[i].addr >= fn.low; i-- {
		x := p.rows[i]
		if !x.end && x.line != 0 && fn.innermost(x.addr) == s.node {
			s.file, s.line = x.file, x.line
			return
		}
	}
}

// innermost is the number of the node that pc is in; 0 for none.
func (fn *function) innermost(pc uint64) int {
	for i := len(fn.nodes) - 1; i >= 0; i-- {
		for _, g := range fn.nodes[i].ranges {
			if pc >= g[0] && pc < g[1] {
				return i + 1
			}
		}
	}
	return 0
}
