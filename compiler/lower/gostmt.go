package lower

import (
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// StackWord and the symbol of a goroutine's first function make the symbol of a read-only word: the size of such a goroutine's stack in
// bytes, 0 for the default. Several modules may each have one of the same name; no package path has a colon.
const StackWord = "stack:"

// Start is code that starts a goroutine.
type Start struct {
	Caller *ssa.Function
	Site   ssa.CallInstruction
	Entry  string // symbol of the function that the goroutine begins with, empty when that is not known
	Named  bool   // by rtos.Go: its stack has room for the name
}

// start notes that the instruction being lowered starts a goroutine, whose stack is the runtime's business.
func (f *function) start(entry string, named bool) {
	f.l.starts = append(f.l.starts, Start{f.fn, f.instr.(ssa.CallInstruction), entry, named})
}

// lowerGo starts a goroutine. What is already a func() is handed over as it is; otherwise function and arguments
// are put into a closure whose code makes the call.
func (f *function) lowerGo(i *ssa.Go) {
	fn, entry := f.goClosure(&i.Call)
	f.start(entry, false)
	f.runtimeCall("newproc", fn, f.stackSize(entry))
}

// goClosure returns the func() that makes a call, and the symbol of its code, empty when that is not known.
func (f *function) goClosure(c *ssa.CallCommon) (fn llvm.Value, entry string) {
	f.checkInvoked(c)
	if _, builtin := c.Value.(*ssa.Builtin); !builtin && !c.IsInvoke() && len(c.Args) == 0 {
		if len(f.l.signature(c.Signature()).memory) == 0 {
			return f.value(c.Value), f.goEntry(c.StaticCallee())
		}
	}
	w := newWrap(c, "code")
	name := f.l.Program.SymbolName(f.fn) + ".gowrap" + strconv.Itoa(f.nextWrap())
	t := f.thunk(w, name)
	t.callCommon(c)
	t.keepPointers(c)
	t.b.Ret(llvm.Value{})
	return f.makeRecord(w.layout, w.values(f, f.m.ir.Symbol(name)), false), name
}

func (f *function) goEntry(fn *ssa.Function) string {
	if fn == nil {
		return ""
	}
	return f.l.Program.SymbolName(fn)
}

// stackSize returns the bytes of stack for a goroutine that begins with the function entry: a word that compiler/stack fills in
// the linked image, when it has found a bound, and that is 0, the default, before. Reading it is volatile, so that LLVM does not take
// it for 0.
func (f *function) stackSize(entry string) llvm.Value {
	if entry == "" {
		return llvm.ConstInt(llvm.I32, 0)
	}
	name := StackWord + entry
	if !f.m.ir.Defined(name) {
		f.m.ir.NewGlobal(name, llvm.Global{
			Linkage: "internal", Init: llvm.ConstInt(llvm.I32, 0), Constant: true, Section: ".rodata." + name, Align: 4,
		})
	}
	return f.b.LoadVolatile(llvm.I32, f.m.ir.Symbol(name), 4)
}

// checkInvoked panics here, not in the goroutine or deferred call, when a method of a nil interface is named.
func (f *function) checkInvoked(c *ssa.CallCommon) {
	if c.IsInvoke() {
		itab := f.b.ExtractValue(f.value(c.Value), 0)
		f.panicIf(f.b.ICmp("eq", itab, llvm.Null()), "panicmem")
	}
}
