package lower

import (
	"go/types"

	"mote/compiler/llvm"
)

// maxLeaves is the number of scalars up to which a struct is an LLVM value rather than a pointer to a temporary.
const maxLeaves = 8

// typemap classifies Go types as doc/spec/abi.md, Values.
type typemap struct {
	sizes types.Sizes
	infos map[types.Type]*typeInfo
}

// typeInfo is what lowering needs to know of a Go type.
type typeInfo struct {
	memory   bool      // a value is a pointer to a temporary
	value    llvm.Type // Ptr for the memory class
	leaves   int       // scalars in a value of the other class
	size     int64
	align    int64
	pointers bool // a value may hold pointers
	fields   []types.Type
	offsets  []int64 // of fields; for arrays nil
}

func newTypemap(sizes types.Sizes) *typemap {
	return &typemap{sizes: sizes, infos: map[types.Type]*typeInfo{}}
}

// info returns the class, layout and fields of t.
func (m *typemap) info(t types.Type) *typeInfo {
	if in := m.infos[t]; in != nil {
		return in
	}
	in := m.classify(t)
	m.infos[t] = in
	return in
}

// value returns the LLVM type of a value of type t.
func (m *typemap) value(t types.Type) llvm.Type { return m.info(t).value }

// isMemory tells whether values of type t are pointers to temporaries.
func (m *typemap) isMemory(t types.Type) bool { return m.info(t).memory }

// size returns the size of t in memory, in bytes.
func (m *typemap) size(t types.Type) int64 { return m.info(t).size }

// align returns the alignment of t in memory, in bytes.
func (m *typemap) align(t types.Type) int64 { return m.info(t).align }

// hasPointers tells whether a value of type t may hold pointers.
func (m *typemap) hasPointers(t types.Type) bool { return m.info(t).pointers }

// offset returns where field i of struct type t lies.
func (m *typemap) offset(t types.Type, i int) int64 { return m.info(t).offsets[i] }

func (m *typemap) classify(t types.Type) *typeInfo {
	u := t.Underlying()
	if u != t {
		return m.info(u)
	}
	switch u := u.(type) {
	case *types.Tuple:
		return &typeInfo{value: llvm.Void}
	case *types.Basic:
		if d := types.Default(u); d != u {
			return m.info(d)
		}
		if u.Kind() == types.UntypedNil { // nil compared with nil
			return m.info(types.Typ[types.UnsafePointer])
		}
	}
	in := &typeInfo{size: m.sizes.Sizeof(u), align: max(m.sizes.Alignof(u), 1)}
	switch u := u.(type) {
	case *types.Basic:
		in.value, in.leaves, in.pointers = basicType(u)
	case *types.Slice:
		in.value, in.leaves, in.pointers = llvm.Struct(llvm.Ptr, llvm.I32, llvm.I32), 3, true
	case *types.Interface:
		in.value, in.leaves, in.pointers = llvm.Struct(llvm.Ptr, llvm.Ptr), 2, true
	case *types.Struct:
		m.classifyStruct(in, u)
	case *types.Array:
		m.classifyArray(in, u)
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		in.value, in.leaves, in.pointers = llvm.Ptr, 1, true
	default:
		internalError("type %v has no representation", t)
	}
	return in
}

func basicType(b *types.Basic) (t llvm.Type, leaves int, pointers bool) {
	switch b.Kind() {
	case types.Bool:
		return llvm.I1, 1, false
	case types.Int8, types.Uint8:
		return llvm.I8, 1, false
	case types.Int16, types.Uint16:
		return llvm.I16, 1, false
	case types.Int, types.Uint, types.Uintptr, types.Int32, types.Uint32:
		return llvm.I32, 1, false
	case types.Int64, types.Uint64:
		return llvm.I64, 1, false
	case types.Float32:
		return llvm.Float, 1, false
	case types.Float64:
		return llvm.Double, 1, false
	case types.Complex64:
		return llvm.Struct(llvm.Float, llvm.Float), 2, false
	case types.Complex128:
		return llvm.Struct(llvm.Double, llvm.Double), 2, false
	case types.String:
		return llvm.Struct(llvm.Ptr, llvm.I32), 2, true
	case types.UnsafePointer:
		return llvm.Ptr, 1, true
	}
	internalError("basic type %v has no representation", b)
	return llvm.Void, 0, false
}

func (m *typemap) classifyStruct(in *typeInfo, s *types.Struct) {
	vars := make([]*types.Var, s.NumFields())
	elems := make([]llvm.Type, s.NumFields())
	for i := range vars {
		vars[i] = s.Field(i)
		f := m.info(vars[i].Type())
		in.fields = append(in.fields, vars[i].Type())
		elems[i] = f.value
		in.leaves += f.leaves
		in.memory = in.memory || f.memory
		in.pointers = in.pointers || f.pointers
	}
	in.offsets = m.sizes.Offsetsof(vars)
	in.value = llvm.Struct(elems...)
	m.finishClass(in)
}

func (m *typemap) classifyArray(in *typeInfo, a *types.Array) {
	elem := m.info(a.Elem())
	switch a.Len() {
	case 0:
		in.value = llvm.Struct()
		return
	case 1:
		in.memory, in.leaves = elem.memory, elem.leaves
	default:
		in.memory = true
	}
	in.pointers = elem.pointers
	in.value = llvm.Array(a.Len(), elem.value)
	m.finishClass(in)
}

func (m *typemap) finishClass(in *typeInfo) {
	if in.memory || in.leaves > maxLeaves {
		in.memory, in.leaves, in.value = true, 0, llvm.Ptr
	}
}
