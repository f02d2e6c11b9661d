package load

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// IsBlankField tells whether addr is the address of a field named _. Nothing can read it but reflection and ==, which
// take it for zero, so nothing may be stored there either.
func IsBlankField(addr ssa.Value) bool {
	f, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	s, ok := f.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return ok && s.Field(f.Field).Name() == "_"
}
