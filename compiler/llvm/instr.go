package llvm

import (
	"strconv"
	"strings"
)

// Binary appends a two-operand operation: add sub mul sdiv udiv srem urem shl lshr ashr and or xor fadd fsub fmul fdiv.
// No flag such as nsw is ever given: Go's arithmetic wraps.
func (b *Block) Binary(op string, x, y Value) Value {
	return b.op(x.Type, op, " ", x.String(), ", ", y.text)
}

// FNeg negates a floating point value.
func (b *Block) FNeg(x Value) Value { return b.op(x.Type, "fneg ", x.String()) }

// ICmp compares integers or pointers: eq ne slt sle sgt sge ult ule ugt uge.
func (b *Block) ICmp(pred string, x, y Value) Value {
	return b.op(I1, "icmp ", pred, " ", x.String(), ", ", y.text)
}

// FCmp compares floating point values: oeq une olt ole ogt oge uno.
func (b *Block) FCmp(pred string, x, y Value) Value {
	return b.op(I1, "fcmp ", pred, " ", x.String(), ", ", y.text)
}

// Cast appends trunc zext sext fptrunc fpext fptosi fptoui sitofp uitofp ptrtoint inttoptr bitcast. A cast to the same type is nothing.
func (b *Block) Cast(op string, v Value, to Type) Value {
	if v.Type == to {
		return v
	}
	return b.op(to, op, " ", v.String(), " to ", string(to))
}

// IntCast changes the width of an integer, extending by the sign when signed.
func (b *Block) IntCast(v Value, to Type, signed bool) Value {
	switch from := v.Type.Bits(); {
	case from > to.Bits():
		return b.Cast("trunc", v, to)
	case signed:
		return b.Cast("sext", v, to)
	}
	return b.Cast("zext", v, to)
}

// Freeze turns poison into some value.
func (b *Block) Freeze(v Value) Value { return b.op(v.Type, "freeze ", v.String()) }

// Select is x when cond is true, else y.
func (b *Block) Select(cond, x, y Value) Value {
	return b.op(x.Type, "select ", cond.String(), ", ", x.String(), ", ", y.String())
}

// Load reads a value of type t; align is in bytes.
func (b *Block) Load(t Type, p Value, align int64) Value {
	return b.op(t, "load ", string(t), ", ptr ", p.text, ", align ", strconv.FormatInt(align, 10))
}

// LoadVolatile is a Load that is neither dropped nor moved across other volatile accesses.
func (b *Block) LoadVolatile(t Type, p Value, align int64) Value {
	return b.op(t, "load volatile ", string(t), ", ptr ", p.text, ", align ", strconv.FormatInt(align, 10))
}

// Store writes v to p; align is in bytes.
func (b *Block) Store(v, p Value, align int64) {
	b.op(Void, "store ", v.String(), ", ptr ", p.text, ", align ", strconv.FormatInt(align, 10))
}

// StoreVolatile is the volatile Store.
func (b *Block) StoreVolatile(v, p Value, align int64) {
	b.op(Void, "store volatile ", v.String(), ", ptr ", p.text, ", align ", strconv.FormatInt(align, 10))
}

// LoadAtomic reads with the given ordering (monotonic, acquire, seq_cst).
func (b *Block) LoadAtomic(t Type, p Value, align int64, ordering string) Value {
	return b.op(t, "load atomic ", string(t), ", ptr ", p.text, " ", ordering, ", align ", strconv.FormatInt(align, 10))
}

// StoreAtomic writes with the given ordering (monotonic, release, seq_cst).
func (b *Block) StoreAtomic(v, p Value, align int64, ordering string) {
	b.op(Void, "store atomic ", v.String(), ", ptr ", p.text, " ", ordering, ", align ", strconv.FormatInt(align, 10))
}

// AtomicRMW does op (xchg add sub and or xor) seq_cst and returns the old value.
func (b *Block) AtomicRMW(op string, p, v Value) Value {
	return b.op(v.Type, "atomicrmw ", op, " ptr ", p.text, ", ", v.String(), " seq_cst")
}

// CmpXchg stores new when p holds old, seq_cst, and tells whether it did.
func (b *Block) CmpXchg(p, old, new Value) Value {
	pair := b.op(Struct(old.Type, I1), "cmpxchg ptr ", p.text, ", ", old.String(), ", ", new.String(), " seq_cst seq_cst")
	return b.ExtractValue(pair, 1)
}

// Offset is the address n bytes behind p, inside the same object.
func (b *Block) Offset(p Value, n int64) Value {
	if n == 0 {
		return p
	}
	if p.IsConst() {
		return ConstOffset(p, n)
	}
	return b.op(Ptr, "getelementptr inbounds i8, ptr ", p.text, ", i32 ", strconv.FormatInt(n, 10))
}

// Index is the address of element i of size bytes behind p; nothing is assumed about its lying inside an object.
func (b *Block) Index(p, i Value, size int64) Value {
	elem := I8
	if size != 1 {
		elem = Array(size, I8)
	}
	return b.op(Ptr, "getelementptr ", string(elem), ", ptr ", p.text, ", ", i.String())
}

// ExtractValue takes an element out of a struct or array value.
func (b *Block) ExtractValue(v Value, index ...int) Value {
	t := v.Type
	var s strings.Builder
	for _, i := range index {
		t = t.Elem(i)
		s.WriteString(", " + strconv.Itoa(i))
	}
	return b.op(t, "extractvalue ", v.String(), s.String())
}

// InsertValue is agg with element index replaced by v.
func (b *Block) InsertValue(agg, v Value, index int) Value {
	return b.op(agg.Type, "insertvalue ", agg.String(), ", ", v.String(), ", ", strconv.Itoa(index))
}

// Aggregate makes a struct or array value of its elements; a constant when they are.
func (b *Block) Aggregate(t Type, elems ...Value) Value {
	if len(elems) == 0 {
		return Zero(t)
	}
	if allConst(elems) {
		if t.IsArray() {
			return ConstArray(t.Elem(0), elems...)
		}
		return ConstStruct(elems...)
	}
	v := Poison(t)
	for i, e := range elems {
		v = b.InsertValue(v, e, i)
	}
	return v
}

func allConst(vs []Value) bool {
	for _, v := range vs {
		if !v.IsConst() {
			return false
		}
	}
	return true
}

// NoTail is the call-site attribute that forbids a tail call.
const NoTail = "notail"

// Call calls a function or function pointer; attrs are call-site attributes. A void call yields the zero Value.
func (b *Block) Call(t FuncType, callee Value, args []Value, attrs ...string) Value {
	var s strings.Builder
	s.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			s.WriteString(", ")
		}
		s.WriteString(a.String())
	}
	s.WriteByte(')')
	op := "call "
	for _, a := range attrs {
		if a == NoTail {
			op = "notail call "
		} else {
			s.WriteString(" " + a)
		}
	}
	callType := string(t.Result)
	if t.Variadic {
		callType = t.String()
	}
	return b.op(t.Result, op, callType, " ", callee.text, s.String())
}

// Intrinsic calls a function of LLVM's own, declaring it.
func (b *Block) Intrinsic(name string, result Type, args ...Value) Value {
	t := FuncType{Result: result}
	for _, a := range args {
		t.Params = append(t.Params, a.Type)
	}
	return b.Call(t, b.fn.mod.Declare(name, t), args)
}

// InlineAsm runs assembly with side effects. The constraints are LLVM's: "=r,r,~{memory}".
func (b *Block) InlineAsm(result Type, template, constraints string, args []Value, attrs ...string) Value {
	t := FuncType{Result: result}
	asm := Value{Ptr, "asm sideeffect \"" + escape(template, true) + "\", \"" + escape(constraints, true) + "\""}
	return b.Call(t, asm, args, attrs...)
}
