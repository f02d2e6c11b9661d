package lower

import (
	"go/constant"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// constPool names the constants that a module has made so far.
type constPool struct {
	strings map[string]llvm.Value
	zeros   map[int64]llvm.Value
}

// constant returns a constant of any type.
func (f *function) constant(c *ssa.Const) llvm.Value {
	if c.Value == nil {
		return f.zero(c.Type())
	}
	b, ok := c.Type().Underlying().(*types.Basic)
	if !ok {
		internalError("constant %v has type %v", c, c.Type())
	}
	return f.m.basicConst(b, c.Value)
}

// basicConst returns the value v of a basic type.
func (m *module) basicConst(b *types.Basic, v constant.Value) llvm.Value {
	t := m.l.types.value(b)
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return llvm.ConstBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		if v.Kind() == constant.Int {
			r, _ := constant.Int64Val(v)
			return m.stringConst(string(rune(r)))
		}
		return m.stringConst(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return intConst(t, v)
	case info&types.IsFloat != 0:
		return floatConst(t, v)
	case info&types.IsComplex != 0:
		v = constant.ToComplex(v)
		part := t.Elem(0)
		return llvm.ConstStruct(floatConst(part, constant.Real(v)), floatConst(part, constant.Imag(v)))
	case b.Kind() == types.UnsafePointer:
		return llvm.ConstIntToPtr(intConst(llvm.I32, v))
	}
	internalError("constant %v has type %v", v, b)
	return llvm.Value{}
}

func intConst(t llvm.Type, v constant.Value) llvm.Value {
	v = constant.ToInt(v)
	if n, exact := constant.Int64Val(v); exact {
		return llvm.ConstInt(t, n)
	}
	n, _ := constant.Uint64Val(v)
	return llvm.ConstUint(t, n)
}

func floatConst(t llvm.Type, v constant.Value) llvm.Value {
	v = constant.ToFloat(v)
	if t == llvm.Float {
		x, _ := constant.Float32Val(v)
		return llvm.ConstFloat(t, float64(x))
	}
	x, _ := constant.Float64Val(v)
	return llvm.ConstFloat(t, x)
}

// stringConst returns a string value with constant contents.
func (m *module) stringConst(s string) llvm.Value {
	if s == "" {
		return llvm.Zero(llvm.Struct(llvm.Ptr, llvm.I32))
	}
	return llvm.ConstStruct(m.stringData(s), llvm.ConstInt(llvm.I32, int64(len(s))))
}

// stringData returns the address of the constant bytes of s, which is not empty.
func (m *module) stringData(s string) llvm.Value {
	if v, ok := m.pool.strings[s]; ok {
		return v
	}
	if m.pool.strings == nil {
		m.pool.strings = map[string]llvm.Value{}
	}
	name := "go:string." + strconv.Itoa(len(m.pool.strings))
	v := m.ir.NewGlobal(name, llvm.Global{Linkage: "private", Constant: true, UnnamedAddr: true, Init: llvm.ConstBytes(s), Align: textAlign(len(s))})
	m.pool.strings[s] = v
	return v
}

// textAlign is the alignment of n constant bytes. An embedded file may be read as a table of words through a cast
// (crypto/internal/fips140/nistec does), which gc's linker allows; what is short is no table.
func textAlign(n int) int64 {
	if n < 64 {
		return 1
	}
	return 8
}

// zeros returns the address of n constant zero bytes: a zero value of the memory class.
func (m *module) zeros(n int64) llvm.Value {
	if v, ok := m.pool.zeros[n]; ok {
		return v
	}
	if m.pool.zeros == nil {
		m.pool.zeros = map[int64]llvm.Value{}
	}
	v := m.ir.NewGlobal("go:zero."+strconv.FormatInt(n, 10), llvm.Global{
		Linkage: "private", Constant: true, UnnamedAddr: true, Init: llvm.Zero(llvm.Array(n, llvm.I8)), Align: 4,
	})
	m.pool.zeros[n] = v
	return v
}
