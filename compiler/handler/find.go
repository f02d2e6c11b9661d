package handler

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// Functions that install handlers, by linker symbol.
const (
	symbolNew = "runtime/interrupt.New" // func(num int, handler func(Interrupt)) Interrupt
	symbolSet = "mote/rtos.SetVector"   // func(irq int, handler func()) error

	hintNum  = "name the interrupt with a constant"
	hintFunc = "name a function, or a function literal that uses only package-level variables"
)

// installer is a function that installs a handler, and whether it does so in the table that is built with the program.
type installer struct {
	fn     *ssa.Function
	name   string // as the user calls it
	static bool
}

// finder is the state of one Find.
type finder struct {
	*Result
	prog   *load.Program
	reach  *reach.Result
	target *target.Target
}

func (f *finder) errorf(pos token.Pos, hint, format string, args ...any) {
	f.errs = append(f.errs, diag.Errorf(f.prog.Position(pos), hint, format, args...)...)
}

// find collects the handlers.
func (f *finder) find() {
	var installers []installer
	for _, i := range []installer{{f.prog.Funcs[symbolNew], "interrupt.New", true}, {f.prog.Funcs[symbolSet], "rtos.SetVector", false}} {
		if i.fn != nil && f.reach.FuncSet[i.fn] {
			installers = append(installers, i)
		}
	}
	if len(installers) == 0 {
		return
	}
	var ops [8]*ssa.Value
	for _, fn := range f.reach.Funcs {
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(ops[:0]) {
					if i := slices.IndexFunc(installers, func(i installer) bool { return *op == ssa.Value(i.fn) }); i >= 0 {
						f.use(installers[i], in, op)
					}
				}
			}
		}
	}
	slices.SortFunc(f.Handlers, func(x, y Handler) int { return x.Num - y.Num })
	f.priorities()
}

// use looks at an instruction that names an installer: it must be a call.
func (f *finder) use(i installer, in ssa.Instruction, op *ssa.Value) {
	call, ok := in.(*ssa.Call)
	if !ok || op != &call.Call.Value {
		f.errorf(escape.Position(in), "call "+i.name+" directly", "%s is used as a value: the compiler has to see its arguments", i.name)
		return
	}
	num, ok := f.number(i, call)
	h := f.function(i, call)
	if !ok || h.Func == nil {
		return
	}
	h.Num, h.Pos = num, call.Pos()
	if !i.static {
		f.roots = append(f.roots, f.root(h.Func, num))
		if !slices.Contains(f.Late, h.Func) {
			f.Late = append(f.Late, h.Func)
		}
		return
	}
	f.add(h)
}

// add enters a handler of the table, unless its number has another one.
func (f *finder) add(h Handler) {
	for i := range f.Handlers {
		other := &f.Handlers[i]
		if other.Num != h.Num {
			continue
		}
		if other.Func != h.Func || other.Receiver != h.Receiver || other.Offset != h.Offset {
			f.errorf(h.Pos, "use one handler for each interrupt; rtos.SetVector changes it while the program runs",
				"%s has a handler already, %s at %s", interruptName(f.target, h.Num), f.prog.SymbolName(other.Func), f.place(other.Pos))
		}
		other.again = true
		return
	}
	f.Handlers = append(f.Handlers, h)
	f.roots = append(f.roots, f.root(h.Func, h.Num))
}

func (f *finder) root(fn *ssa.Function, num int) root {
	return root{fn: fn, num: num, name: interruptName(f.target, num), priority: -1}
}

// place is a position for the text of a message.
func (f *finder) place(pos token.Pos) string {
	p := f.prog.Position(pos)
	p.Filename = p.Filename[strings.LastIndexByte(p.Filename, '/')+1:]
	return p.String()
}

// number is the interrupt that a call names.
func (f *finder) number(i installer, call *ssa.Call) (num int, ok bool) {
	c, isConst := call.Call.Args[0].(*ssa.Const)
	if !isConst {
		if !i.static {
			return -1, true // looked at when the program runs
		}
		f.errorf(call.Pos(), hintNum, "the number of the interrupt in a call of %s is not constant", i.name)
		return 0, false
	}
	n, exact := constant.Int64Val(c.Value)
	first := f.first()
	if !exact || n < first || n >= int64(f.target.IRQs) {
		f.errorf(call.Pos(), "'mote vectors' lists the interrupts of a board", "interrupt %s is out of range: %s has %d to %d",
			c.Value, f.target.Name, first, f.target.IRQs-1)
		return 0, false
	}
	return int(n), true
}

// first is the smallest number of an interrupt: 0 means none to a RISC-V's controller.
func (f *finder) first() int64 {
	if f.target.Thumb() {
		return 0
	}
	return 1
}

// function is the function that a call installs, with the variable whose method it is; without Func when there is none.
func (f *finder) function(i installer, call *ssa.Call) Handler {
	v := call.Call.Args[1]
	for {
		conv, ok := v.(*ssa.ChangeType)
		if !ok {
			break
		}
		v = conv.X
	}
	switch v := v.(type) {
	case *ssa.Function:
		return Handler{Func: v}
	case *ssa.MakeClosure:
		return f.closure(i, call, v)
	case *ssa.Const:
		f.errorf(call.Pos(), hintFunc, "the handler in a call of %s is nil", i.name)
	default:
		f.errorf(call.Pos(), hintFunc, "the handler in a call of %s is a value that the compiler does not know", i.name)
	}
	return Handler{}
}

// closure is the function that a closure stands for when it needs nothing but an address in a package-level variable.
func (f *finder) closure(i installer, call *ssa.Call, mc *ssa.MakeClosure) Handler {
	fn := mc.Fn.(*ssa.Function)
	if !strings.HasPrefix(fn.Synthetic, "bound ") {
		var names []string
		for _, v := range fn.FreeVars {
			names = append(names, v.Name())
		}
		f.errorf(call.Pos(), hintFunc, "the handler in a call of %s captures %s: an interrupt passes no closure", i.name, strings.Join(names, ", "))
		return Handler{}
	}
	variable, offset := f.address(mc.Bindings[0])
	method := boundMethod(fn)
	if variable == nil || method == nil || !i.static {
		f.errorf(call.Pos(), hintFunc, "the handler in a call of %s is a method of a value that only the running program has", i.name)
		return Handler{}
	}
	return Handler{Func: method, Receiver: variable, Offset: offset}
}

// address is the package-level variable that a pointer points into, and where; nil when nobody can know.
func (f *finder) address(v ssa.Value) (*ssa.Global, int64) {
	switch v := v.(type) {
	case *ssa.Global:
		return v, 0
	case *ssa.FieldAddr:
		fields := structFields(v.X.Type())
		base, offset := f.address(v.X)
		return base, offset + f.prog.Sizes.Offsetsof(fields)[v.Field]
	case *ssa.IndexAddr:
		index, constant := v.Index.(*ssa.Const)
		array, ok := v.X.Type().Underlying().(*types.Pointer)
		if !constant || !ok {
			return nil, 0
		}
		base, offset := f.address(v.X)
		return base, offset + index.Int64()*f.prog.Sizes.Sizeof(array.Elem().Underlying().(*types.Array).Elem())
	}
	return nil, 0
}

// structFields are those of the struct that a pointer points to.
func structFields(pointer types.Type) (fields []*types.Var) {
	s := pointer.Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	for field := range s.Fields() {
		fields = append(fields, field)
	}
	return fields
}

// boundMethod is the method that a bound method value calls.
func boundMethod(wrapper *ssa.Function) *ssa.Function {
	for _, in := range wrapper.Blocks[0].Instrs {
		if call, ok := in.(*ssa.Call); ok {
			return call.Call.StaticCallee()
		}
	}
	return nil
}
