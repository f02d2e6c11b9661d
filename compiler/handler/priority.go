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

// setting is a call of SetPriority with a constant.
type setting struct {
	priority int
	call     *ssa.Call
}

// priorities collects what SetPriority is called with, and gives the handlers the most urgent priority that they can have.
func (f *finder) priorities() {
	set := f.prog.Funcs[symbolPriority]
	if set == nil {
		return
	}
	f.settings = map[int][]setting{}
	stores := f.stores()
	for _, fn := range f.reach.Funcs {
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				if call, ok := in.(*ssa.Call); ok && call.Call.StaticCallee() == set && fn != f.prog.Funcs[symbolNew] {
					f.setting(call, stores)
				}
			}
		}
	}
}

// setting notes a call of SetPriority.
func (f *finder) setting(call *ssa.Call, stores map[*ssa.Global][]ssa.Value) {
	c, constant := call.Call.Args[1].(*ssa.Const)
	nums := f.interrupts(call.Call.Args[0], stores)
	if !constant || len(nums) == 0 {
		f.unsettled = true
		return
	}
	priority := int(c.Int64())
	for _, num := range nums {
		f.settings[num] = append(f.settings[num], setting{priority, call})
		f.raise(num, priority)
	}
}

// Levels are the priorities of interrupts that are the same whenever the interrupt is enabled, by number.
func (r *Result) Levels(p *load.Program) map[int]int {
	levels := map[int]int{}
	if r.unsettled {
		return levels
	}
	for _, h := range r.Handlers {
		switch set := r.settings[h.Num]; {
		case len(set) == 0:
			levels[h.Num] = int(intConst(p, "runtime/interrupt", "DefaultPriority"))
		case len(set) == 1 && !h.again && atOnce(set[0].call):
			levels[h.Num] = set[0].priority
		}
	}
	return levels
}

// atOnce tells whether a priority is set right behind the only run of interrupt.New: before anything can enable the interrupt.
func atOnce(set *ssa.Call) bool {
	made, ok := set.Call.Args[0].(*ssa.Call)
	if !ok || made.Block() != set.Block() || made.Parent().String() != made.Parent().Pkg.Pkg.Path()+".main" || len(made.Block().Preds) > 0 {
		return false
	}
	instrs := made.Block().Instrs
	for _, in := range instrs[slices.Index(instrs, ssa.Instruction(made))+1 : slices.Index(instrs, ssa.Instruction(set))] {
		if _, call := in.(ssa.CallInstruction); call {
			return false
		}
	}
	return true
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
func (f *finder) interrupts(v ssa.Value, stores map[*ssa.Global][]ssa.Value) (nums []int) {
	switch v := v.(type) {
	case *ssa.Call:
		if v.Call.StaticCallee() == f.prog.Funcs[symbolNew] {
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
					nums = append(nums, f.interrupts(val, stores)...)
				}
			}
		}
	}
	return nums
}
