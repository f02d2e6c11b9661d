package rtype

import (
	"encoding/binary"
	"fmt"
	"go/constant"
	"go/types"

	"mote/compiler/initeval"
)

// methods fills abi.UncommonType and appends the method table.
func (d *descriptor) methods(sels []*types.Selection) {
	b := d.builder
	pkg := typePkg(d.t)
	rec := newRecord(b.abi.structs["UncommonType"])
	if pkg != nil {
		rec.set("PkgPath", &initeval.Ref{Obj: b.name(PkgPath(pkg), "", false, false, nil)})
	}
	exported := 0
	var elems []initeval.Value
	for _, sel := range sels {
		if sel.Obj().Exported() {
			exported++
		}
		elems = append(elems, d.method(sel, pkg))
	}
	rec.set("Mcount", number(int64(len(sels))))
	rec.set("Xcount", number(int64(exported)))
	end := d.builder.sizes.Sizeof(d.layout.typ)
	if len(elems) > 0 {
		rec.set("Moff", number(end-b.sizes.Sizeof(d.head.typ)))
		d.layout.add("methods", types.NewArray(b.abi.structs["Method"], int64(len(elems))))
		d.layout.set("methods", &initeval.Aggregate{Elems: elems})
	}
	d.layout.set("uncommon", rec.value())
}

// method is one abi.Method. Without Keep's consent its code and type are -1, which no lookup takes for an address.
func (d *descriptor) method(sel *types.Selection, pkg *types.Package) initeval.Value {
	b := d.builder
	m := sel.Obj().(*types.Func)
	rec := newRecord(b.abi.structs["Method"])
	rec.set("Name", b.memberName(m, "", false, pkg))
	if b.Keep != nil && b.Keep(d.t, sel) {
		rec.set("Mtyp", d.ref(MethodType(m)))
		rec.set("Ifn", &initeval.Sym{Name: b.MethodSymbol(d.t, sel, false)})
		rec.set("Tfn", &initeval.Sym{Name: b.MethodSymbol(d.t, sel, true)})
		return rec.value()
	}
	gone := &initeval.Const{Type: types.Typ[types.Int32], Val: constant.MakeInt64(-1)}
	for _, field := range []string{"Mtyp", "Ifn", "Tfn"} {
		rec.set(field, gone)
	}
	return rec.value()
}

// typePkg is the package of a named type or of the named type that an unnamed pointer leads to.
func typePkg(t types.Type) *types.Package {
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	switch t := t.(type) {
	case *types.Named:
		return t.Obj().Pkg()
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return types.Unsafe
		}
	}
	return nil
}

// memberName is the name of a method; an unexported one of another package than the type's carries its package.
func (b *Builder) memberName(m *types.Func, tag string, embedded bool, typ *types.Package) initeval.Value {
	var pkg *types.Package
	if !m.Exported() && PkgPath(m.Pkg()) != PkgPath(typ) {
		pkg = m.Pkg()
	}
	return &initeval.Ref{Obj: b.name(m.Name(), tag, m.Exported(), embedded, pkg)}
}

// nameStruct is an abi.Name value that spells s.
func (b *Builder) nameStruct(s string) initeval.Value {
	return &initeval.Aggregate{Elems: []initeval.Value{&initeval.Ref{Obj: b.name(s, "", false, false, nil)}}}
}

// name is the encoded abi.Name: flags, length and bytes of the name, of the tag if any, then the address of the package's
// name, unaligned.
func (b *Builder) name(name, tag string, exported, embedded bool, pkg *types.Package) *initeval.Object {
	var flags byte
	if exported {
		flags |= nameExported
	}
	if embedded {
		flags |= nameEmbedded
	}
	if tag != "" {
		flags |= nameHasTag
	}
	if pkg != nil {
		flags |= nameHasPkgPath
	}
	key := fmt.Sprintf("type:.name.%d.%q.%q.%s", flags, name, tag, PkgPath(pkg))
	if obj, ok := b.names[key]; ok {
		return obj
	}
	data := binary.AppendUvarint([]byte{flags}, uint64(len(name)))
	data = append(data, name...)
	if tag != "" {
		data = binary.AppendUvarint(data, uint64(len(tag)))
		data = append(data, tag...)
	}
	symbol := fmt.Sprintf("type:.name.%d", len(b.names))
	obj := b.bytes(symbol, data)
	b.names[key] = obj // before the package's name, which takes the next number
	if pkg != nil {
		b.appendPkgPath(obj, pkg)
	}
	return obj
}

// appendPkgPath turns a name's bytes into a structure that ends in the address of the package's name.
func (b *Builder) appendPkgPath(obj *initeval.Object, pkg *types.Package) {
	path := b.name(PkgPath(pkg), "", false, false, nil)
	rec := newRecord(types.NewStruct(nil, nil))
	for i, c := range obj.Data {
		field := fmt.Sprintf("b%d", i)
		rec.add(field, types.Typ[types.Uint8])
		rec.set(field, number(int64(c)))
	}
	// The address is written byte by byte because it need not be aligned.
	rec.add("path", types.NewArray(types.Typ[types.Uint8], WordSize))
	rec.set("path", &initeval.Ref{Obj: path})
	obj.Type, obj.Value, obj.Data = rec.typ, rec.value(), nil
}
