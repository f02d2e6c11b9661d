package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// scaseSize is the size of runtime.scase: channel and element pointer.
const scaseSize = 8

// lowerSelect lowers a select statement. In general that is selectgo with an array of cases, the sends first, in source order otherwise.
func (f *function) lowerSelect(i *ssa.Select) {
	if len(i.States) == 0 && i.Blocking {
		f.emitPanic("block")
		f.b = f.ir.NewBlock()
		f.tuples[i] = []llvm.Value{llvm.ConstInt(llvm.I32, -1), llvm.ConstBool(false)}
		return
	}
	if len(i.States) == 1 && !i.Blocking {
		f.lowerSelectOne(i)
		return
	}
	order, sends := selectOrder(i.States)
	n := int64(len(i.States))
	cases := f.ir.Alloca(max(n, 1)*scaseSize, 4)
	slots := make([]llvm.Value, n)
	for place, s := range order {
		state := i.States[s]
		elem := state.Chan.Type().Underlying().(*types.Chan).Elem()
		if state.Dir == types.SendOnly {
			slots[s] = f.spill(elem, f.value(state.Send))
		} else {
			slots[s] = f.receiveSlot(elem)
		}
		f.b.Store(f.value(state.Chan), f.b.Offset(cases, int64(place)*scaseSize), 4)
		f.b.Store(slots[s], f.b.Offset(cases, int64(place)*scaseSize+4), 4)
	}
	scratch := f.ir.Alloca(max(n, 1)*4, 4) // 2n uint16: poll order and lock order
	r := f.runtimeCalls("selectgo", cases, scratch, llvm.ConstInt(llvm.I32, int64(sends)),
		llvm.ConstInt(llvm.I32, n-int64(sends)), llvm.ConstBool(i.Blocking))
	f.tuples[i] = append([]llvm.Value{f.sourceIndex(order, r[0]), r[1]}, f.selectReceived(i, slots, r[0], order)...)
}

// lowerSelectOne lowers a select with one case and a default: a send or receive that does not wait.
func (f *function) lowerSelectOne(i *ssa.Select) {
	state := i.States[0]
	elem := state.Chan.Type().Underlying().(*types.Chan).Elem()
	var slot, done llvm.Value
	received := llvm.ConstBool(false)
	if state.Dir == types.SendOnly {
		slot = f.spill(elem, f.value(state.Send))
		done = f.runtimeCall("selectnbsend", f.value(state.Chan), slot)
	} else {
		slot = f.receiveSlot(elem)
		r := f.runtimeCalls("selectnbrecv", slot, f.value(state.Chan))
		done, received = r[0], r[1]
	}
	index := f.b.Select(done, llvm.ConstInt(llvm.I32, 0), llvm.ConstInt(llvm.I32, -1))
	f.tuples[i] = append([]llvm.Value{index, received}, f.selectReceived(i, []llvm.Value{slot}, index, []int{0})...)
}

// selectOrder returns the states in the order of the case array and how many of them are sends.
func selectOrder(states []*ssa.SelectState) (order []int, sends int) {
	var receives []int
	for s, state := range states {
		if state.Dir == types.SendOnly {
			order = append(order, s)
		} else {
			receives = append(receives, s)
		}
	}
	return append(order, receives...), len(order)
}

// sourceIndex translates a place in the case array to the statement's index; -1 stays.
func (f *function) sourceIndex(order []int, place llvm.Value) llvm.Value {
	index := place
	for p, s := range order {
		if p != s {
			index = f.b.Select(f.b.ICmp("eq", place, llvm.ConstInt(llvm.I32, int64(p))), llvm.ConstInt(llvm.I32, int64(s)), index)
		}
	}
	return index
}

// selectReceived are the received values of the receive states: the chosen one's, zero for the others.
func (f *function) selectReceived(i *ssa.Select, slots []llvm.Value, chosen llvm.Value, order []int) []llvm.Value {
	var values []llvm.Value
	for s, state := range i.States {
		if state.Dir == types.SendOnly {
			continue
		}
		elem := state.Chan.Type().Underlying().(*types.Chan).Elem()
		if f.l.types.isMemory(elem) {
			values = append(values, slots[s]) // go/ssa reads it only where it was chosen
			continue
		}
		place := 0
		for p, o := range order {
			if o == s {
				place = p
			}
		}
		is := f.b.ICmp("eq", chosen, llvm.ConstInt(llvm.I32, int64(place)))
		f.zeroUnless(is, elem, slots[s])
		values = append(values, f.load(elem, slots[s]))
	}
	return values
}

// zeroUnless clears a slot that holds nothing when cond is false.
func (f *function) zeroUnless(cond llvm.Value, t types.Type, slot llvm.Value) {
	clear, next := f.ir.NewBlock(), f.ir.NewBlock()
	f.b.CondBr(cond, next, clear)
	f.b = clear
	f.store(t, llvm.Zero(f.l.types.value(t)), slot)
	f.b.Br(next)
	f.b = next
}
