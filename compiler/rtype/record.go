package rtype

import (
	"fmt"
	"go/token"
	"go/types"

	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/internal/diag"
)

// abiTypes are the loaded structs of internal/abi by name.
type abiTypes struct {
	structs map[string]types.Type
}

// lookupABI finds the structs that descriptors are made of.
func lookupABI(p *load.Program) (*abiTypes, error) {
	pkg := p.ByPath["internal/abi"]
	if pkg == nil {
		return nil, diag.Errorf(token.Position{}, "", "package internal/abi is not part of the program")
	}
	a := &abiTypes{structs: map[string]types.Type{}}
	for _, name := range []string{
		"Type", "ArrayType", "ChanType", "FuncType", "InterfaceType", "MapType", "PtrType", "SliceType", "StructType",
		"UncommonType", "Method", "Imethod", "StructField", "Name", "ITab",
	} {
		obj := pkg.Types.Scope().Lookup(name)
		if obj == nil {
			return nil, diag.Errorf(token.Position{}, "", "package internal/abi has no type %s", name)
		}
		a.structs[name] = obj.Type()
	}
	return a, nil
}

// record is a struct value under construction whose fields are set by name.
type record struct {
	typ    types.Type
	fields []*types.Var
	elems  []initeval.Value
}

func newRecord(t types.Type) *record {
	r := &record{typ: t, fields: structFields(t.Underlying().(*types.Struct))}
	r.elems = make([]initeval.Value, len(r.fields))
	return r
}

// add appends a field to a record whose type is made up here.
func (r *record) add(name string, t types.Type) {
	r.fields = append(r.fields, types.NewField(token.NoPos, nil, name, t, false))
	r.elems = append(r.elems, nil)
	r.typ = types.NewStruct(r.fields, nil)
}

func (r *record) set(name string, v initeval.Value) {
	for i, f := range r.fields {
		if f.Name() == name {
			r.elems[i] = v
			return
		}
	}
	panic(fmt.Sprintf("rtype: %v has no field %s", r.typ, name))
}

func (r *record) value() initeval.Value { return &initeval.Aggregate{Elems: r.elems} }
