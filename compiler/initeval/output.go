package initeval

import (
	"fmt"
	"go/constant"
	"math"

	"golang.org/x/tools/go/ssa"
)

// checkJournal makes sure that memory written through unsafe conversions still has the shape of its type, so that output cannot fail.
func (m *machine) checkJournal() {
	if !m.usesUnsafe {
		return
	}
	w := &writer{m: m, check: true, visited: make(map[*object]bool)}
	for _, u := range m.journal {
		w.visit(u.obj)
	}
}

// output turns the memory into static data.
func (m *machine) output() map[*ssa.Global]*Object {
	w := &writer{m: m}
	static := make(map[*ssa.Global]*Object)
	for _, g := range m.sortedGlobals() {
		o := m.globals[g]
		if o.global == g && o.role == roleData && o.data != nil && !o.zero() {
			static[g] = w.object(o)
		}
	}
	w.drain()
	return static
}

func (o *object) zero() bool {
	for _, r := range o.refs {
		if r != nil {
			return false
		}
	}
	for _, b := range o.data {
		if b != 0 {
			return false
		}
	}
	return true
}

// writer converts objects to Objects. With check set it only looks whether that is possible.
type writer struct {
	m       *machine
	check   bool
	visited map[*object]bool
	queue   []*object
	n       int
}

func (w *writer) visit(o *object) {
	if o == nil || w.visited[o] {
		return
	}
	w.visited[o] = true
	if o.role == roleData {
		w.content(o)
	}
}

// object returns the Object of o; its contents are filled in by drain.
func (w *writer) object(o *object) *Object {
	if w.check {
		w.visit(o)
		return nil
	}
	if o.out != nil {
		return o.out
	}
	o.out = &Object{Type: o.typ, Global: o.global}
	switch {
	case o.global != nil:
		o.out.Name = w.m.prog.GlobalName(o.global)
	default:
		o.out.Name = fmt.Sprintf("init..%d", w.n)
		w.n++
	}
	w.queue = append(w.queue, o)
	return o.out
}

func (w *writer) drain() {
	for len(w.queue) > 0 {
		o := w.queue[0]
		w.queue = w.queue[1:]
		w.content(o)
	}
}

// content fills in the Object of o.
func (w *writer) content(o *object) {
	if o.role == roleString {
		o.out.Type, o.out.Data = byteArray(o.size), o.data
		return
	}
	if o.role != roleData || o.data == nil || o.zero() {
		return
	}
	l := w.m.lay.of(o.typ)
	if l.kind == kindArray && l.elem.size == 1 && l.elem.kind != kindStruct && l.elem.kind != kindArray {
		if !w.check {
			o.out.Data = o.data
		}
		return
	}
	v := w.value(o, 0, l)
	if !w.check {
		o.out.Value = v
	}
}

// value decodes the contents of o at off.
func (w *writer) value(o *object, off int64, l *layout) Value {
	if o == nil || o.data == nil {
		return nil
	}
	switch l.kind {
	case kindStruct:
		agg := &Aggregate{Elems: make([]Value, len(l.fields))}
		for i, f := range l.fields {
			agg.Elems[i] = w.value(o, off+f.off, f.lay)
		}
		return agg.trim()
	case kindArray:
		agg := &Aggregate{Elems: make([]Value, l.len)}
		for i := range agg.Elems {
			agg.Elems[i] = w.value(o, off+int64(i)*l.elem.size, l.elem)
		}
		return agg.trim()
	case kindComplex:
		v := value{mem: w.m.snapshot(o, off, l)}
		return w.scalar(v, l)
	}
	return w.scalar(w.m.get(o, off, l), l)
}

// trim drops zeroes at the end; nil when nothing is left.
func (a *Aggregate) trim() Value {
	for len(a.Elems) > 0 && a.Elems[len(a.Elems)-1] == nil {
		a.Elems = a.Elems[:len(a.Elems)-1]
	}
	if len(a.Elems) == 0 {
		return nil
	}
	return a
}

// scalar converts a register.
func (w *writer) scalar(v value, l *layout) Value {
	switch l.kind {
	case kindBool, kindInt, kindUint:
		if v.ref != nil {
			return w.ref(v)
		}
		return integerOut(v, l)
	case kindFloat:
		return floatOut(v, l)
	case kindComplex:
		return complexOut(v, l)
	case kindPointer:
		return w.pointer(v)
	case kindString:
		if v.n == 0 {
			return nil
		}
		return &String{Val: w.m.rawText(v)}
	case kindSlice:
		if v.ref == nil {
			return nil
		}
		return &Slice{Base: w.ref(v), Len: v.sliceLen(), Cap: v.sliceCap()}
	case kindIface:
		return w.iface(v)
	}
	return w.value(v.mem, 0, l)
}

func integerOut(v value, l *layout) Value {
	switch {
	case v.n == 0:
		return nil
	case l.kind == kindBool:
		return &Const{Type: l.typ, Val: constant.MakeBool(true)}
	case l.kind == kindInt:
		return &Const{Type: l.typ, Val: constant.MakeInt64(int64(v.n))}
	}
	return &Const{Type: l.typ, Val: constant.MakeUint64(v.n)}
}

func floatOut(v value, l *layout) Value {
	f := v.float(l)
	switch {
	case v.n == 0:
		return nil
	case f == 0 || math.IsInf(f, 0) || math.IsNaN(f):
		return &Float{Val: f}
	}
	return &Const{Type: l.typ, Val: constant.MakeFloat64(f)}
}

func complexOut(v value, l *layout) Value {
	half := &layout{typ: nil, kind: kindFloat, size: l.size / 2}
	re := floatOut(value{n: getScalar(v.mem.data, half)}, half)
	im := floatOut(value{n: getScalar(v.mem.data[half.size:], half)}, half)
	return (&Aggregate{Elems: []Value{re, im}}).trim()
}

func (w *writer) pointer(v value) Value {
	switch {
	case v.ref == nil:
		return nil
	case v.ref.role == roleFunc:
		return w.function(v.ref)
	}
	return w.ref(v)
}

func (w *writer) ref(v value) *Ref {
	return &Ref{Obj: w.object(v.ref), Offset: int64(v.off)}
}

func (w *writer) function(o *object) Value {
	f := &Func{Fn: o.fn}
	for i, b := range o.binds {
		f.Bindings = append(f.Bindings, w.scalar(b, w.m.lay.of(o.fn.FreeVars[i].Type())))
	}
	return f
}

func (w *writer) iface(v value) Value {
	if v.ref == nil {
		return nil
	}
	return &Iface{Type: v.ref.typ, Val: w.value(v.mem, 0, w.m.lay.of(v.ref.typ))}
}
