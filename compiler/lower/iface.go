package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// itabType is the offset of ITab.Type.
const itabType = 4

// hasMethods tells whether interface type t has methods: its first word is then an itab.
func hasMethods(t types.Type) bool { return t.Underlying().(*types.Interface).NumMethods() > 0 }

// lowerMakeInterface converts a concrete value to an interface.
func (f *function) lowerMakeInterface(i *ssa.MakeInterface) {
	f.define(i, f.makeInterface(i, i.X, i.Type()))
}

func (f *function) makeInterface(i *ssa.MakeInterface, x ssa.Value, iface types.Type) llvm.Value {
	t := x.Type()
	word := f.m.interfaceWord(t, iface)
	return f.b.Aggregate(llvm.Struct(llvm.Ptr, llvm.Ptr), word, f.box(i, x, t))
}

// interfaceWord is the first word of an interface of type iface that holds a t.
func (m *module) interfaceWord(t, iface types.Type) llvm.Value {
	if hasMethods(iface) {
		return m.itab(t, iface)
	}
	return m.typeDescriptor(t)
}

// box is the data word for a value: itself, the address of read-only data, or of a copy.
func (f *function) box(i *ssa.MakeInterface, x ssa.Value, t types.Type) llvm.Value {
	v := f.value(x)
	in := f.l.types.info(t)
	switch c, isConst := x.(*ssa.Const); {
	case in.size == 0:
		return f.zerobase()
	case f.l.isDirect(t):
		return f.pointerWord(t, v)
	case isConst && c.Value != nil && !in.memory:
		return f.m.constBox(t, v)
	case isConst && in.memory:
		return v // a pointer to constant zeros
	case in.size == 1 && !in.memory && !in.value.IsStruct() && !in.value.IsArray():
		return f.b.Index(f.m.byteTable(), f.b.IntCast(v, llvm.I32, false), 1)
	}
	var p llvm.Value
	if i != nil && f.l.Escape.OnStack(i) {
		p = f.ir.Alloca(in.size, in.align)
	} else {
		p = f.newObject(t)
	}
	f.store(t, v, p)
	return p
}

// isDirect tells whether a value of type t is stored in the data word itself: it is one pointer, as its descriptor says.
func (l *lowerer) isDirect(t types.Type) bool { return rtype.IsDirect(l.Program.Sizes, t) }

// pointerField is the field of a struct that is one word which holds that pointer; the others have size zero.
func pointerField(u *types.Struct) int {
	for i := range u.NumFields() {
		if rtype.HasPointers(u.Field(i).Type()) {
			return i
		}
	}
	internalError("no pointer in %v", u)
	return 0
}

// pointerWord takes the pointer out of a value that is one, perhaps wrapped in structs and arrays.
func (f *function) pointerWord(t types.Type, v llvm.Value) llvm.Value {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		i := pointerField(u)
		return f.pointerWord(u.Field(i).Type(), f.b.ExtractValue(v, i))
	case *types.Array:
		return f.pointerWord(u.Elem(), f.b.ExtractValue(v, 0))
	}
	return v
}

// fromWord is the reverse of pointerWord.
func (f *function) fromWord(t types.Type, word llvm.Value) llvm.Value {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		i := pointerField(u)
		return f.b.InsertValue(llvm.Zero(f.l.types.value(t)), f.fromWord(u.Field(i).Type(), word), i)
	case *types.Array:
		return f.b.Aggregate(f.l.types.value(t), f.fromWord(u.Elem(), word))
	}
	return word
}

// unbox reads a value of concrete type t from a data word.
func (f *function) unbox(t types.Type, word llvm.Value) llvm.Value {
	if f.l.isDirect(t) {
		return f.fromWord(t, word)
	}
	return f.load(t, word)
}

// constBox is read-only memory that holds the constant v, one for each value in a module.
func (m *module) constBox(t types.Type, v llvm.Value) llvm.Value {
	if v.Type == llvm.I1 {
		n := int64(0)
		if v.Text() == "true" {
			n = 1
		}
		v = llvm.ConstInt(llvm.I8, n)
	}
	name := m.path + "·const." + v.String()
	if !m.ir.Defined(name) {
		m.ir.NewGlobal(name, llvm.Global{Linkage: "internal", Constant: true, UnnamedAddr: true, Init: v, Align: m.l.types.align(t)})
	}
	return m.ir.Symbol(name)
}

// byteTable is the read-only table of all values of one byte.
func (m *module) byteTable() llvm.Value {
	const name = "go:bytes"
	if !m.ir.Defined(name) {
		data := make([]byte, 256)
		for i := range data {
			data[i] = byte(i)
		}
		m.ir.NewGlobal(name, llvm.Global{Linkage: "linkonce_odr", Constant: true, UnnamedAddr: true, Init: llvm.ConstBytes(string(data)), Align: 1})
	}
	return m.ir.Symbol(name)
}

// dynamicType is the *abi.Type of what an interface value holds, null when it is nil.
func (f *function) dynamicType(iface types.Type, v llvm.Value) llvm.Value {
	word := f.b.ExtractValue(v, 0)
	if !hasMethods(iface) {
		return word
	}
	some, done := f.ir.NewBlock(), f.ir.NewBlock()
	none := f.b
	f.b.CondBr(f.b.ICmp("eq", word, llvm.Null()), done, some)
	t := some.Load(llvm.Ptr, some.Offset(word, itabType), 4)
	some.Br(done)
	f.b = done
	phi := done.Phi(llvm.Ptr)
	phi.Add(llvm.Null(), none)
	phi.Add(t, some)
	return phi.Value
}

// lowerChangeInterface converts between interface types where that cannot fail.
func (f *function) lowerChangeInterface(i *ssa.ChangeInterface) {
	f.define(i, f.changeInterface(f.value(i.X), i.X.Type(), i.Type()))
}

// changeInterface gives v the first word that an interface of type to has.
func (f *function) changeInterface(v llvm.Value, from, to types.Type) llvm.Value {
	if types.Identical(from, to) || !hasMethods(from) && !hasMethods(to) {
		return v
	}
	word := f.dynamicType(from, v)
	if hasMethods(to) {
		word = f.runtimeCall("assertE2I2", f.m.typeDescriptor(to), word)
	}
	return f.b.InsertValue(v, word, 0)
}

// lowerTypeAssert lowers x.(T) and v, ok := x.(T).
func (f *function) lowerTypeAssert(i *ssa.TypeAssert) {
	if types.IsInterface(i.AssertedType) {
		f.assertInterface(i)
	} else {
		f.assertConcrete(i)
	}
}

func (f *function) assertConcrete(i *ssa.TypeAssert) {
	x, t := f.value(i.X), i.AssertedType
	have, want := f.dynamicType(i.X.Type(), x), f.m.typeDescriptor(t)
	ok := f.b.ICmp("eq", have, want)
	if !i.CommaOk {
		fail, next := f.ir.NewBlock(), f.ir.NewBlock()
		f.b.CondBrUnlikely(f.b.Binary("xor", ok, llvm.ConstBool(true)), fail, next)
		f.b = fail
		f.emitPanic("panicdottypeE", have, want, f.m.typeDescriptor(i.X.Type()))
		f.b = next
		f.define(i, f.unbox(t, f.b.ExtractValue(x, 1)))
		return
	}
	f.tuples[i] = []llvm.Value{f.unboxIf(ok, t, f.b.ExtractValue(x, 1)), ok}
}

// unboxIf is the value in word if ok holds, else the zero value.
func (f *function) unboxIf(ok llvm.Value, t types.Type, word llvm.Value) llvm.Value {
	in := f.l.types.info(t)
	switch {
	case in.size == 0:
		return f.zero(t)
	case f.l.isDirect(t):
		return f.fromWord(t, f.b.Select(ok, word, llvm.Null()))
	case in.memory:
		slot := f.temp(t)
		f.clearMemory(slot, t)
		f.when(ok, func() { f.copyMemory(slot, word, t) })
		return slot
	}
	// Reading constant zeros instead saves a branch and a phi for each part.
	return f.load(t, f.b.Select(ok, word, f.m.zeros(in.size)))
}

func (f *function) assertInterface(i *ssa.TypeAssert) {
	x, t := f.value(i.X), i.AssertedType
	have := f.dynamicType(i.X.Type(), x)
	var word, ok llvm.Value
	switch inter := f.m.typeDescriptor(t); {
	case !hasMethods(t):
		word, ok = have, f.b.ICmp("ne", have, llvm.Null())
		if !i.CommaOk {
			f.panicIf(f.b.ICmp("eq", have, llvm.Null()), "panicnildottype", inter)
		}
	case i.CommaOk:
		word = f.runtimeCall("assertE2I2", inter, have)
		ok = f.b.ICmp("ne", word, llvm.Null())
	default:
		word = f.runtimeCall("assertE2I", inter, have)
	}
	if !i.CommaOk {
		f.define(i, f.b.InsertValue(x, word, 0))
		return
	}
	data := f.b.Select(ok, f.b.ExtractValue(x, 1), llvm.Null())
	f.tuples[i] = []llvm.Value{f.b.Aggregate(x.Type, word, data), ok}
}
