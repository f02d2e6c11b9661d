package handler

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/target"
)

// symbolPriority is func (Interrupt) SetPriority(priority uint8).
const symbolPriority = "runtime/interrupt.Interrupt.SetPriority"

// ceiling is the number below which the kernel does not delay a handler. Without BASEPRI it delays all.
func ceiling(p *load.Program, t *target.Target) int64 {
	if !t.Thumb() || slices.Contains(t.Tags, "armv6m") {
		return 0
	}
	return intConst(p, "runtime/interrupt", "Ceiling")
}

// intConst is the value of a constant of the port, 0 when the package is not part of the program.
func intConst(p *load.Program, path, name string) int64 {
	c, ok := p.Lookup(path, name).(*types.Const)
	if !ok {
		return 0
	}
	n, _ := constant.Int64Val(c.Val())
	return n
}

// priorities gives the handlers the most urgent constants that SetPriority is called with for them.
func (f *finder) priorities(installer *ssa.Function) {
	set := f.prog.Funcs[symbolPriority]
	if set == nil {
		return
	}
	stores := f.stores()
	for _, fn := range f.reach.Funcs {
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				call, ok := in.(*ssa.Call)
				if !ok || call.Call.StaticCallee() != set {
					continue
				}
				c, ok := call.Call.Args[1].(*ssa.Const)
				if !ok {
					continue
				}
				priority, _ := constant.Int64Val(c.Value)
				for _, num := range f.interrupts(call.Call.Args[0], installer, stores) {
					f.raise(num, int(priority))
				}
			}
		}
	}
}

// raise gives interrupt num a priority unless it has a more urgent one, and so what may become its handler.
func (f *finder) raise(num, priority int) {
	for i := range f.roots {
		if r := &f.roots[i]; (r.num == num || r.num < 0) && (r.priority < 0 || priority < r.priority) {
			r.priority = priority
		}
	}
}

// stores are the values that are ever put into each package-level variable of the type Interrupt.
func (f *finder) stores() map[*ssa.Global][]ssa.Value {
	stores := map[*ssa.Global][]ssa.Value{}
	for _, fn := range f.reach.Funcs {
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				if s, ok := in.(*ssa.Store); ok {
					if g, ok := s.Addr.(*ssa.Global); ok {
						stores[g] = append(stores[g], s.Val)
					}
				}
			}
		}
	}
	return stores
}

// interrupts finds the numbers that v can have: that of a result of New, directly or by way of a package-level variable, and those of
// the parameter of a handler. Other values are not followed.
func (f *finder) interrupts(v ssa.Value, installer *ssa.Function, stores map[*ssa.Global][]ssa.Value) (nums []int) {
	switch v := v.(type) {
	case *ssa.Call:
		if v.Call.StaticCallee() == installer {
			if c, ok := v.Call.Args[0].(*ssa.Const); ok {
				n, _ := constant.Int64Val(c.Value)
				nums = append(nums, int(n))
			}
		}
	case *ssa.Parameter:
		for _, h := range f.Handlers {
			if h.Func == v.Parent() {
				nums = append(nums, h.Num)
			}
		}
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok {
			for _, val := range stores[g] {
				if _, load := val.(*ssa.UnOp); !load {
					nums = append(nums, f.interrupts(val, installer, stores)...)
				}
			}
		}
	}
	return nums
}
