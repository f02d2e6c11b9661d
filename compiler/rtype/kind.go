package rtype

import (
	"fmt"
	"go/types"

	"mote/compiler/initeval"
)

// Flags of abi.TFlag.
const (
	tflagUncommon       = 1 << 0
	tflagNamed          = 1 << 2
	tflagRegularMemory  = 1 << 3
	tflagGCMaskOnDemand = 1 << 4
	tflagDirectIface    = 1 << 5
)

// Bits of abi.Name's first byte.
const (
	nameExported = 1 << iota
	nameHasTag
	nameHasPkgPath
	nameEmbedded
)

// basicKinds maps go/types' kinds to abi.Kind.
func basicKind(k types.BasicKind) int64 {
	switch k {
	case types.UntypedBool:
		k = types.Bool
	case types.UntypedRune:
		k = types.Int32
	case types.UntypedInt:
		k = types.Int
	case types.UntypedFloat:
		k = types.Float64
	case types.UntypedString:
		k = types.String
	}
	switch {
	case k >= types.Bool && k <= types.Complex128:
		return int64(k) // both count Bool as 1 and go on in the same order
	case k == types.String:
		return 24
	case k == types.UnsafePointer:
		return 26
	}
	panic(fmt.Sprintf("rtype: no descriptor for basic kind %d", k))
}

// kindOf is t's abi.Kind.
func kindOf(t types.Type) int64 {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicKind(u.Kind())
	case *types.Array:
		return 17
	case *types.Chan:
		return 18
	case *types.Signature:
		return 19
	case *types.Interface:
		return 20
	case *types.Map:
		return 21
	case *types.Pointer:
		return 22
	case *types.Slice:
		return 23
	case *types.Struct:
		return 25
	}
	panic(fmt.Sprintf("rtype: no descriptor for type %v", t))
}

// kindStruct names the struct of internal/abi that describes t.
func kindStruct(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Array:
		return "ArrayType"
	case *types.Chan:
		return "ChanType"
	case *types.Signature:
		return "FuncType"
	case *types.Interface:
		return "InterfaceType"
	case *types.Map:
		return "MapType"
	case *types.Pointer:
		return "PtrType"
	case *types.Slice:
		return "SliceType"
	case *types.Struct:
		return "StructType"
	}
	return "Type"
}

// descriptor is one descriptor under construction.
type descriptor struct {
	builder  *Builder
	t        types.Type
	head     *record // the kind's struct
	layout   *record // {head, uncommon, variable part, methods}
	uncommon bool
}

// ref is the address of another type's descriptor, nil when nothing in the program looks at it.
func (d *descriptor) ref(t types.Type) initeval.Value {
	if d.builder.level(t) == LevelNone {
		return nil
	}
	return &initeval.Ref{Obj: d.builder.Descriptor(t)}
}

// kind fills what only this kind of type has.
func (d *descriptor) kind(obj *initeval.Object) {
	switch u := d.t.Underlying().(type) {
	case *types.Array:
		d.head.set("Elem", d.ref(u.Elem()))
		d.head.set("Slice", d.ref(types.NewSlice(u.Elem())))
		d.head.set("Len", number(u.Len()))
	case *types.Chan:
		d.head.set("Elem", d.ref(u.Elem()))
		d.head.set("Dir", number(chanDir(u)))
	case *types.Pointer:
		d.head.set("Elem", d.ref(u.Elem()))
	case *types.Slice:
		d.head.set("Elem", d.ref(u.Elem()))
	case *types.Signature:
		d.function(u)
	case *types.Interface:
		d.iface(obj, u)
	case *types.Map:
		d.mapping(u)
	case *types.Struct:
		d.structure(obj, u)
	}
}

func chanDir(c *types.Chan) int64 {
	switch c.Dir() {
	case types.RecvOnly:
		return 1
	case types.SendOnly:
		return 2
	}
	return 3
}

// function appends the parameter and result types, which follow the uncommon part.
func (d *descriptor) function(u *types.Signature) {
	params, results := u.Params(), u.Results()
	out := int64(results.Len())
	if u.Variadic() {
		out |= 1 << 15
	}
	d.head.set("InCount", number(int64(params.Len())))
	d.head.set("OutCount", number(out))
	var elems []initeval.Value
	for v := range params.Variables() {
		elems = append(elems, d.ref(v.Type()))
	}
	for v := range results.Variables() {
		elems = append(elems, d.ref(v.Type()))
	}
	d.variable(types.Typ[types.UnsafePointer], elems)
}

// variable appends the array that follows the uncommon part and returns its offset in the descriptor.
func (d *descriptor) variable(elem types.Type, elems []initeval.Value) int64 {
	off := d.builder.sizes.Sizeof(d.layout.typ)
	if len(elems) > 0 {
		d.layout.add("variable", types.NewArray(elem, int64(len(elems))))
		d.layout.set("variable", &initeval.Aggregate{Elems: elems})
	}
	return off
}

// own is a slice of n elements at off in the descriptor itself.
func own(obj *initeval.Object, off int64, n int) initeval.Value {
	if n == 0 {
		return nil
	}
	return &initeval.Slice{Base: &initeval.Ref{Obj: obj, Offset: off}, Len: int64(n), Cap: int64(n)}
}

func (d *descriptor) iface(obj *initeval.Object, u *types.Interface) {
	b := d.builder
	pkg := typePkg(d.t)
	if pkg != nil {
		d.head.set("PkgPath", b.nameStruct(PkgPath(pkg)))
	}
	var elems []initeval.Value
	for _, m := range SortedMethods(u) {
		rec := newRecord(b.abi.structs["Imethod"])
		rec.set("Name", b.memberName(m, "", false, pkg))
		rec.set("Typ", d.ref(MethodType(m)))
		elems = append(elems, rec.value())
	}
	off := d.variable(b.abi.structs["Imethod"], elems)
	d.head.set("Methods", own(obj, off, len(elems)))
}

func (d *descriptor) structure(obj *initeval.Object, u *types.Struct) {
	b := d.builder
	fields := structFields(u)
	var pkg *types.Package
	for _, f := range fields {
		if !f.Exported() {
			pkg = f.Pkg()
			break
		}
	}
	if pkg != nil {
		d.head.set("PkgPath", b.nameStruct(PkgPath(pkg)))
	}
	offsets := b.sizes.Offsetsof(fields)
	var elems []initeval.Value
	for i, f := range fields {
		name := b.name(f.Name(), u.Tag(i), f.Exported(), f.Embedded(), nil)
		rec := newRecord(b.abi.structs["StructField"])
		rec.set("Name", &initeval.Aggregate{Elems: []initeval.Value{&initeval.Ref{Obj: name}}})
		rec.set("Typ", d.ref(f.Type()))
		rec.set("Offset", number(offsets[i]))
		elems = append(elems, rec.value())
	}
	off := d.variable(b.abi.structs["StructField"], elems)
	d.head.set("Fields", own(obj, off, len(elems)))
}
