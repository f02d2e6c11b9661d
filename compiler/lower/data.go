package lower

import (
	"encoding/binary"
	"go/constant"
	"go/types"
	"math"

	"mote/compiler/initeval"
	"mote/compiler/llvm"
)

// dataWriter lays static data out as Go does: runs of plain bytes and, between them, addresses. Offsets come from
// Sizes alone, so the result is a packed LLVM struct.
type dataWriter struct {
	l     *lowerer
	m     *module
	bytes []byte
	parts []llvm.Value
	off   int64
}

// initialiser is the LLVM constant for a value of type t.
func (m *module) initialiser(v initeval.Value, t types.Type) llvm.Value {
	w := &dataWriter{l: m.l, m: m}
	w.value(v, t)
	return w.constant()
}

// constant returns what was written so far as one constant.
func (w *dataWriter) constant() llvm.Value {
	if len(w.parts) == 0 {
		return bytesConst(w.bytes)
	}
	w.flush()
	return llvm.ConstPacked(w.parts...)
}

func (w *dataWriter) flush() {
	if len(w.bytes) > 0 {
		w.parts = append(w.parts, bytesConst(w.bytes))
		w.bytes = nil
	}
}

func bytesConst(b []byte) llvm.Value {
	for _, c := range b {
		if c != 0 {
			return llvm.ConstBytes(string(b))
		}
	}
	return llvm.Zero(llvm.Array(int64(len(b)), llvm.I8))
}

func (w *dataWriter) raw(b ...byte) {
	w.bytes = append(w.bytes, b...)
	w.off += int64(len(b))
}

func (w *dataWriter) zeros(n int64) {
	if n > 0 {
		w.raw(make([]byte, n)...)
	}
}

// address writes one word.
func (w *dataWriter) address(p llvm.Value) {
	if p == llvm.Null() {
		w.zeros(4)
		return
	}
	w.flush()
	w.parts = append(w.parts, p)
	w.off += 4
}

func (w *dataWriter) word(n int64) { w.raw(binary.LittleEndian.AppendUint32(nil, uint32(n))...) }

// value writes v as a t, all of its size.
func (w *dataWriter) value(v initeval.Value, t types.Type) {
	end := w.off + w.l.types.size(t)
	switch v := v.(type) {
	case nil:
	case *initeval.Const:
		w.number(v.Val, t)
	case *initeval.Float:
		w.float(v.Val, t)
	case *initeval.Aggregate:
		w.aggregate(v, t)
	case *initeval.Ref:
		w.address(llvm.ConstOffset(w.m.object(v.Obj), v.Offset))
	case *initeval.Sym:
		w.address(llvm.ConstOffset(w.m.ir.Symbol(v.Name), v.Offset))
	case *initeval.Func:
		w.address(w.m.closure(v))
	case *initeval.String:
		w.stringHeader(v.Val)
	case *initeval.Slice:
		if v.Base != nil {
			w.value(v.Base, types.Typ[types.UnsafePointer])
		} else {
			w.zeros(4)
		}
		w.word(v.Len)
		w.word(v.Cap)
	case *initeval.Iface:
		w.iface(v, t)
	default:
		internalError("static value %T", v)
	}
	w.zeros(end - w.off)
}

func (w *dataWriter) stringHeader(s string) {
	if s == "" {
		return
	}
	w.address(w.m.stringData(s))
	w.word(int64(len(s)))
}

// number writes a boolean, integer, floating point, complex or string constant.
func (w *dataWriter) number(v constant.Value, t types.Type) {
	size := w.l.types.size(t)
	switch v.Kind() {
	case constant.Bool:
		if constant.BoolVal(v) {
			w.raw(1)
		}
		return
	case constant.String:
		w.stringHeader(constant.StringVal(v))
		return
	}
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case ok && b.Info()&types.IsFloat != 0:
		x, _ := constant.Float64Val(constant.ToFloat(v))
		w.float(x, t)
	case ok && b.Info()&types.IsComplex != 0:
		v = constant.ToComplex(v)
		re, _ := constant.Float64Val(constant.Real(v))
		im, _ := constant.Float64Val(constant.Imag(v))
		w.floatBits(re, size/2)
		w.floatBits(im, size/2)
	default:
		v = constant.ToInt(v)
		n, exact := constant.Uint64Val(v)
		if !exact {
			i, _ := constant.Int64Val(v)
			n = uint64(i)
		}
		w.raw(binary.LittleEndian.AppendUint64(nil, n)[:size]...)
	}
}

func (w *dataWriter) float(x float64, t types.Type) { w.floatBits(x, w.l.types.size(t)) }

func (w *dataWriter) floatBits(x float64, size int64) {
	if size == 4 {
		w.word(int64(math.Float32bits(float32(x))))
	} else {
		w.raw(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x))...)
	}
}

func (w *dataWriter) aggregate(v *initeval.Aggregate, t types.Type) {
	start := w.off
	switch u := t.Underlying().(type) {
	case *types.Struct:
		in := w.l.types.info(t)
		for i, e := range v.Elems {
			w.zeros(start + in.offsets[i] - w.off)
			w.value(e, in.fields[i])
		}
	case *types.Array:
		for _, e := range v.Elems {
			w.value(e, u.Elem())
		}
	case *types.Basic: // complex: real and imaginary part
		half := types.Typ[types.Float64]
		if w.l.types.size(t) == 8 {
			half = types.Typ[types.Float32]
		}
		for _, e := range v.Elems {
			w.value(e, half)
		}
	default:
		internalError("aggregate of type %v", t)
	}
}

// iface writes an interface of type t: what it holds lies in the data word or in a box that is never written.
func (w *dataWriter) iface(v *initeval.Iface, t types.Type) {
	if v.Type == nil {
		return
	}
	w.address(w.m.interfaceWord(v.Type, t))
	switch {
	case w.l.types.size(v.Type) == 0:
		w.address(w.m.zerobase())
	case w.l.isDirect(v.Type):
		w.value(v.Val, v.Type)
	default:
		w.address(w.m.staticBox(v.Val, v.Type))
	}
}

// staticBox is read-only memory that holds v, one for each value in a module.
func (m *module) staticBox(v initeval.Value, t types.Type) llvm.Value {
	c := m.initialiser(v, t)
	name := m.path + "·box." + c.String()
	if !m.ir.Defined(name) {
		m.ir.NewGlobal(name, llvm.Global{Linkage: "internal", Constant: true, UnnamedAddr: true, Init: c, Align: m.l.types.align(t)})
	}
	return m.ir.Symbol(name)
}

// closure is a func value known at build time.
func (m *module) closure(v *initeval.Func) llvm.Value {
	if len(v.Bindings) == 0 {
		return m.funcValue(v.Fn)
	}
	t := closureStruct(v.Fn)
	w := &dataWriter{l: m.l, m: m}
	w.address(m.fn(v.Fn))
	offsets := m.l.types.info(t).offsets
	for i, b := range v.Bindings {
		w.zeros(offsets[i+1] - w.off)
		w.value(b, v.Fn.FreeVars[i].Type())
	}
	w.zeros(m.l.types.size(t) - w.off)
	c := w.constant()
	name := m.path + "·closure." + c.String()
	if !m.ir.Defined(name) {
		m.ir.NewGlobal(name, llvm.Global{Linkage: "internal", Constant: true, UnnamedAddr: true, Init: c, Align: 4})
	}
	return m.ir.Symbol(name)
}
