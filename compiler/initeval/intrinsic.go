package initeval

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// intrinsic evaluates a call of a function whose Go body does not exist or says less than its meaning.
type intrinsic func(m *machine, fn *ssa.Function, args []value) value

// intrinsicOf returns the intrinsic for fn, or nil.
func intrinsicOf(fn *ssa.Function) intrinsic {
	if fn.Parent() != nil {
		return nil
	}
	if o := fn.Origin(); o != nil && o.String() == "internal/abi.EscapeNonString" { // a remark for escape analysis
		return func(*machine, *ssa.Function, []value) value { return value{} }
	}
	if fn.Pkg == nil {
		return nil
	}
	if fn.Signature.Recv() != nil {
		if fn.String() == "(*internal/godebug.Setting).Value" {
			return godebugValue
		}
		return nil
	}
	switch fn.Pkg.Pkg.Path() {
	case "sync/atomic", "internal/runtime/atomic":
		if fn.Blocks == nil {
			return atomicOf(fn.Name())
		}
	case "internal/abi":
		switch fn.Name() {
		case "NoEscape", "Escape":
			return func(_ *machine, _ *ssa.Function, args []value) value { return args[0] }
		}
	case "internal/bytealg":
		if fn.Name() == "MakeNoZero" {
			return makeNoZero
		}
	}
	return nil
}

// godebugValue: a device starts with GODEBUG empty, so that every setting has its default until the program sets the variable.
func godebugValue(m *machine, _ *ssa.Function, _ []value) value {
	if m.setsEnvironment() {
		fail("reads GODEBUG, which run-time code may have changed")
	}
	return value{}
}

func makeNoZero(m *machine, fn *ssa.Function, args []value) value {
	n := integerIndex(args[0])
	if n < 0 || n > maxObject {
		fail("object of %d bytes", n)
	}
	return m.newSlice(m.lay.of(types.Typ[types.Byte]), n, n)
}

// atomicOf: nothing runs in parallel at build time, so atomics are plain loads and stores. The memory's type is that of the parameter.
func atomicOf(name string) intrinsic {
	for prefix, in := range map[string]intrinsic{
		"Load": atomicLoad, "Store": atomicStore, "Add": atomicAdd, "Swap": atomicSwap, "CompareAndSwap": atomicCAS,
		"Xadd": atomicAdd, "Xchg": atomicSwap, "Cas": atomicCAS,
	} {
		if strings.HasPrefix(name, prefix) {
			return in
		}
	}
	return nil
}

// cell is the layout of the memory that an atomic's first parameter points to.
func (m *machine) cell(fn *ssa.Function) *layout {
	p, ok := fn.Signature.Params().At(0).Type().Underlying().(*types.Pointer)
	if !ok { // unsafe.Pointer: a pointer cell
		return m.lay.of(types.Typ[types.UnsafePointer])
	}
	return m.lay.of(p.Elem())
}

func atomicLoad(m *machine, fn *ssa.Function, args []value) value {
	return m.load(args[0], m.cell(fn))
}

func atomicStore(m *machine, fn *ssa.Function, args []value) value {
	m.store(args[0], args[1], m.cell(fn))
	return value{}
}

func atomicAdd(m *machine, fn *ssa.Function, args []value) value {
	l := m.cell(fn)
	old := m.load(args[0], l)
	if old.ref != nil || args[1].ref != nil || l.kind == kindPointer {
		fail("arithmetic on an address")
	}
	sum := value{n: wrap(old.n+args[1].n, l)}
	m.store(args[0], sum, l)
	return sum
}

func atomicSwap(m *machine, fn *ssa.Function, args []value) value {
	l := m.cell(fn)
	old := m.load(args[0], l)
	m.store(args[0], args[1], l)
	return old
}

func atomicCAS(m *machine, fn *ssa.Function, args []value) value {
	l := m.cell(fn)
	if !m.equal(m.load(args[0], l), args[1], l) {
		return value{}
	}
	m.store(args[0], args[2], l)
	return value{n: 1}
}
