package handler

import (
	"go/constant"
	"slices"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/reach"
)

// symbolPriority is func (Interrupt) SetPriority(priority uint8).
const symbolPriority = "runtime/interrupt.Interrupt.SetPriority"

// aboveCeiling tells whether the kernel does not delay a handler: its priority is a constant below the ceiling. Without BASEPRI the
// kernel delays all.
func (a *analysis) aboveCeiling(r root) bool {
	c, ok := a.prog.Lookup("runtime/interrupt", "Ceiling").(interface{ Val() constant.Value })
	if !ok || r.priority < 0 || slices.Contains(a.target.Tags, "armv6m") || !a.target.Thumb() {
		return false
	}
	ceiling, _ := constant.Int64Val(c.Val())
	return int64(r.priority) < ceiling
}

// priorities gives the handlers the most urgent constants that SetPriority is called with for them.
func (a *analysis) priorities(installer *ssa.Function) {
	set := a.prog.Funcs[symbolPriority]
	if set == nil {
		return
	}
	stores := a.stores()
	for _, fn := range a.reach.Funcs {
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
				for _, num := range a.interrupts(call.Call.Args[0], installer, stores) {
					a.raise(num, int(priority))
				}
			}
		}
	}
}

// raise gives interrupt num a priority unless it has a more urgent one.
func (a *analysis) raise(num, priority int) {
	for i := range a.roots {
		if r := &a.roots[i]; r.num == num && (r.priority < 0 || priority < r.priority) {
			r.priority = priority
		}
	}
}

// stores are the values that are ever put into each package-level variable of the type Interrupt.
func (a *analysis) stores() map[*ssa.Global][]ssa.Value {
	stores := map[*ssa.Global][]ssa.Value{}
	for _, fn := range a.reach.Funcs {
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
func (a *analysis) interrupts(v ssa.Value, installer *ssa.Function, stores map[*ssa.Global][]ssa.Value) (nums []int) {
	switch v := v.(type) {
	case *ssa.Call:
		if v.Call.StaticCallee() == installer {
			if c, ok := v.Call.Args[0].(*ssa.Const); ok {
				n, _ := constant.Int64Val(c.Value)
				nums = append(nums, int(n))
			}
		}
	case *ssa.Parameter:
		for _, h := range a.res.Handlers {
			if h.Func == v.Parent() {
				nums = append(nums, h.Num)
			}
		}
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok {
			for _, val := range stores[g] {
				if _, load := val.(*ssa.UnOp); !load {
					nums = append(nums, a.interrupts(val, installer, stores)...)
				}
			}
		}
	}
	return nums
}
