package rtype

import "go/types"

// Children are the types whose descriptors the descriptor of t refers to, apart from those of its methods.
func Children(t types.Type) []types.Type {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return []types.Type{u.Elem(), types.NewSlice(u.Elem())}
	case *types.Chan:
		return []types.Type{u.Elem()}
	case *types.Pointer:
		return []types.Type{u.Elem()}
	case *types.Slice:
		return []types.Type{u.Elem()}
	case *types.Map:
		return []types.Type{u.Key(), u.Elem()}
	case *types.Struct:
		var out []types.Type
		for f := range u.Fields() {
			out = append(out, f.Type())
		}
		return out
	case *types.Signature:
		var out []types.Type
		for v := range u.Params().Variables() {
			out = append(out, v.Type())
		}
		for v := range u.Results().Variables() {
			out = append(out, v.Type())
		}
		return out
	case *types.Interface:
		var out []types.Type
		for _, m := range SortedMethods(u) {
			out = append(out, MethodType(m))
		}
		return out
	}
	return nil
}
