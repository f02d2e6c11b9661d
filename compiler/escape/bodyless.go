package escape

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/intrinsic"
)

// hidesPointer recognises the functions by which std and rtos tell the compiler that a pointer does not escape, whatever it looks like.
// They are recognised by name, as their bodies (x ^ 0) mean nothing else.
func hidesPointer(fn *ssa.Function) bool {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil || fn.Signature.Recv() != nil || fn.Name() != "NoEscape" && fn.Name() != "noescape" {
		return false
	}
	switch fn.Pkg.Pkg.Path() {
	case "internal/abi", "runtime", "reflect", "strings", "hash/maphash", "internal/runtime/maps", "mote/rtos":
		return true
	}
	return false
}

// forcesHeap recognises internal/abi.EscapeNonString[T], whose body only panics: it means that its argument escapes.
func forcesHeap(fn *ssa.Function) bool {
	o := fn.Origin()
	return o != nil && o.Pkg != nil && o.Name() == "EscapeNonString" && o.Pkg.Pkg.Path() == "internal/abi"
}

// bodyless makes the summary of a function without a Go body and sets n to share that of the function that it is linked to.
func (a *analysis) bodyless(fn *ssa.Function, n *node) *summary {
	params, results := len(fn.Params), fn.Signature.Results().Len()
	if params == 0 {
		params = fn.Signature.Params().Len()
		if fn.Signature.Recv() != nil {
			params++
		}
	}
	symbol := a.prog.SymbolName(fn)
	if def := a.prog.Funcs[symbol]; def != nil && def != fn && def.Blocks != nil && len(def.Params) == params && def.Signature.Results().Len() == results {
		real := a.enter(def)
		n.members = []*node{real}
		n.fn = nil // a group of one
		real.users[n] = true
		return newSummary(params, results).add(real.sum)
	}
	sum := newSummary(params, results)
	switch pkg, name, _ := cutSymbol(symbol); {
	case intrinsic.Has(symbol):
		intrinsicFlows(pkg, name, sum)
		return sum
	case harmless(symbol), a.declaredNoescape(fn):
		return sum
	}
	return leakAll(params, results)
}

// add joins t, of the same shape, into s.
func (s *summary) add(t *summary) *summary {
	for i := range s.heap {
		s.heap[i] = min(s.heap[i], t.heap[i])
		for j := range s.results[i] {
			s.results[i][j] = min(s.results[i][j], t.results[i][j])
		}
	}
	return s
}

func cutSymbol(symbol string) (pkg, name string, ok bool) {
	slash := strings.LastIndexByte(symbol, '/') + 1
	dot := strings.IndexByte(symbol[slash:], '.')
	if dot < 0 {
		return "", symbol, false
	}
	return symbol[:slash+dot], symbol[slash+dot+1:], true
}

// intrinsicFlows: intrinsics keep no address, but some move values between memory and registers or other memory.
func intrinsicFlows(pkg, name string, sum *summary) {
	if pkg == "runtime" && name == "memmove" {
		sum.heap[1] = 1 // pointers in the source come to memory that nobody tracks
	}
	if pkg != "sync/atomic" && pkg != "internal/runtime/atomic" {
		return
	}
	for i := 1; i < len(sum.heap); i++ {
		sum.heap[i] = 0 // what is stored; numbers do not matter
	}
	for j := range sum.results0() {
		sum.results[0][j] = 1 // what was there
	}
}

// harmless are the functions in assembly or written by the compiler that keep no argument.
func harmless(symbol string) bool {
	switch symbol {
	case "runtime.semihost", "runtime.memequal", "internal/bytealg.MakeNoZero":
		return true
	}
	return false
}

// declaredNoescape finds //go:noescape above a declaration of std or the port.
func (a *analysis) declaredNoescape(fn *ssa.Function) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || decl.Doc == nil {
		return false
	}
	pkg := a.prog.PackageOf(fn.Object())
	if pkg == nil || !pkg.Standard {
		return false
	}
	for _, c := range decl.Doc.List {
		if c.Text == "//go:noescape" {
			return true
		}
	}
	return false
}
