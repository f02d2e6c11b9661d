package lower

import (
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// wrap is a call put off by a go or defer statement: a record that holds what the call needs, and code that makes it.
type wrap struct {
	call     *ssa.CallCommon
	captured []ssa.Value // what the record holds, in order
	layout   *types.Struct
	first    int // index of the first captured value among the fields
}

// newWrap lays out the record of c: header fields (the code first), then what c evaluates at the statement.
func newWrap(c *ssa.CallCommon, header ...string) *wrap {
	w := &wrap{call: c, first: len(header)}
	seen := map[ssa.Value]bool{}
	for _, v := range append(append([]ssa.Value{c.Value}, c.Args...), keptPointers(c)...) {
		switch v.(type) {
		case *ssa.Const, *ssa.Function, *ssa.Global, *ssa.Builtin:
			continue
		}
		if !seen[v] {
			seen[v] = true
			w.captured = append(w.captured, v)
		}
	}
	var fields []*types.Var
	for _, name := range header {
		fields = append(fields, types.NewField(token.NoPos, nil, name, types.Typ[types.UnsafePointer], false))
	}
	for n, v := range w.captured {
		fields = append(fields, types.NewField(token.NoPos, nil, "v"+strconv.Itoa(n), v.Type(), false))
	}
	w.layout = types.NewStruct(fields, nil)
	return w
}

// values are the contents of the record: header, then captured values.
func (w *wrap) values(f *function, header ...llvm.Value) []llvm.Value {
	return append(header, f.operands(w.captured)...)
}

// thunk starts the function that will make the call: its params, then the record as context. The builder that it returns knows
// the captured values by their ssa names.
func (f *function) thunk(w *wrap, name string, params ...llvm.Type) *function {
	t := &function{
		l: f.l, m: f.m, fn: f.fn, sig: f.sig,
		values: map[ssa.Value]llvm.Value{},
		tuples: map[ssa.Value][]llvm.Value{},
		phis:   map[*ssa.Phi]*phi{},
		instr:  f.instr,
	}
	t.ir = f.m.ir.NewFunc(name, llvm.FuncType{Result: llvm.Void, Params: append(params, llvm.NestParam)})
	t.ir.Attrs = f.l.attrs
	t.openScope(name, f.sourcePosition(w.call.Pos()), artificial)
	t.b = t.ir.NewBlock()
	record := t.ir.Param(len(params))
	offsets := f.l.types.info(w.layout).offsets
	for n, v := range w.captured {
		p := t.b.Offset(record, offsets[w.first+n])
		if f.l.types.isMemory(v.Type()) {
			t.values[v] = p // a record never changes
		} else {
			t.values[v] = t.load(v.Type(), p)
		}
	}
	return t
}

// inLoop tells whether b can be reached from itself.
func inLoop(b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	todo := append([]*ssa.BasicBlock(nil), b.Succs...)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == b {
			return true
		}
		if !seen[n] {
			seen[n] = true
			todo = append(todo, n.Succs...)
		}
	}
	return false
}
