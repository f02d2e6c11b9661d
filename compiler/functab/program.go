package functab

import (
	"debug/dwarf"
	"debug/elf"
	"errors"
	"sort"
	"strings"

	"mote/debug/frame"
)

// kind says how a function appears in lists of calls.
type kind uint64

const (
	ordinary kind = iota
	hidden        // a wrapper or thunk, which Go does not show
	bottom        // a goroutine's first: nobody called it
)

// function is one of the program's functions.
type function struct {
	low, high uint64
	name      string
	kind      kind
	file      string
	line      int
	nodes     []node // calls inlined into it, outer ones first
	sites     []site
}

// node is an inlined call.
type node struct {
	ranges [][2]uint64
	parent int          // index of the node around it plus 1; 0: the function itself
	ref    dwarf.Offset // the entry of the function
	name   string
	kind   kind
	file   string // where the call is
	line   int
}

// site is a call instruction.
type site struct {
	ra    uint64 // the address behind it
	node  int    // index of the innermost node plus 1; 0: none
	file  string
	line  int
	frame int64 // bytes from the stack pointer to the caller's, whose last word is the return address; -1: not known
}

// program is everything that the table says.
type program struct {
	functions []*function // by address
}

// readProgram collects functions from the symbol table, and what lies in them from the debug information.
func readProgram(f *elf.File) (*program, error) {
	p := &program{}
	if err := p.readFunctions(f); err != nil {
		return nil, err
	}
	info, err := readPositions(f)
	if err != nil {
		return nil, err
	}
	frames := readFrames(f)
	for _, fn := range p.functions {
		info.describe(fn)
		for _, ra := range calls(f, fn) {
			s := site{ra: ra, frame: frames.size(ra - 2)}
			info.locate(fn, &s)
			fn.sites = append(fn.sites, s)
		}
		fn.prune()
	}
	return p, nil
}

func (p *program) readFunctions(f *elf.File) error {
	symbols, err := f.Symbols()
	if err != nil {
		return err
	}
	for _, s := range symbols {
		if elf.ST_TYPE(s.Info) != elf.STT_FUNC || s.Size == 0 || !strings.Contains(s.Name, ".") && !callsHandler(s) {
			continue // helpers without a Go name call nothing
		}
		low := s.Value
		if f.Machine == elf.EM_ARM {
			low &^= 1
		}
		fn := &function{low: low, high: low + s.Size}
		fn.name, fn.kind = goName(s.Name)
		p.functions = append(p.functions, fn)
	}
	if len(p.functions) == 0 {
		return errors.New("the image has no functions")
	}
	sort.SliceStable(p.functions, func(i, j int) bool { return p.functions[i].low < p.functions[j].low })
	distinct := p.functions[:1]
	for _, fn := range p.functions[1:] {
		if fn.low >= distinct[len(distinct)-1].high { // not an alias
			distinct = append(distinct, fn)
		}
	}
	p.functions = distinct
	return nil
}

// callsHandler reports whether the compiler has made a symbol for an interrupt with a handler in Go; without one the name is
// a weak one of what reports it.
func callsHandler(s elf.Symbol) bool {
	return elf.ST_BIND(s.Info) == elf.STB_GLOBAL && strings.HasPrefix(s.Name, "IRQ") && strings.HasSuffix(s.Name, "_Handler")
}

// prune drops nodes that no site is in.
func (fn *function) prune() {
	used := make([]bool, len(fn.nodes)+1)
	for _, s := range fn.sites {
		for n := s.node; n != 0 && !used[n]; n = fn.nodes[n-1].parent {
			used[n] = true
		}
	}
	number := make([]int, len(fn.nodes)+1)
	var kept []node
	for i, n := range fn.nodes {
		if used[i+1] {
			n.parent = number[n.parent]
			kept = append(kept, n)
			number[i+1] = len(kept)
		}
	}
	fn.nodes = kept
	for i := range fn.sites {
		fn.sites[i].node = number[fn.sites[i].node]
	}
}

// frames finds the sizes of frames.
type frames struct {
	table frame.Table
	sp    uint64 // DWARF number of the stack pointer
}

func readFrames(f *elf.File) frames {
	fr := frames{sp: 2}
	if f.Machine == elf.EM_ARM {
		fr.sp = 13
	}
	if s := f.Section(".debug_frame"); s != nil {
		if data, err := s.Data(); err == nil {
			fr.table = frame.Parse(data)
		}
	}
	return fr
}

// size is the size of the frame at pc, -1 when the stack pointer alone does not lead to the caller.
func (fr frames) size(pc uint64) int64 {
	r, ok := fr.table.Find(pc)
	if !ok || !r.OnStack(fr.sp) || r.RAOffset != -4 || r.CFAOffset <= 0 || r.CFAOffset%4 != 0 {
		return -1
	}
	return r.CFAOffset
}
