//go:build mote

package runtime

import (
	"internal/abi"
	"unsafe"
)

// callThunk is the code that the compiler makes for a function type so that reflection can call functions of that type and
// make some. Offsets and order are known to compiler/lower/reflectcall.go.
type callThunk struct {
	typ      *functype
	call     unsafe.Pointer // calls a closure with arguments from a frame and puts the results there
	makeFunc unsafe.Pointer // what reflect.MakeFunc's functions begin with
	method   unsafe.Pointer // what reflection's method values begin with
}

// callthunks has an entry for each function type with a descriptor. The compiler fills it; it is never written.
var callthunks []callThunk

// callthunk is the code for t. A type that reflection made at run time has none of its own: it shares that of a type whose
// arguments and results are passed the same way.
func callthunk(t *functype) *callThunk {
	for i := range callthunks {
		if callthunks[i].typ == t {
			return &callthunks[i]
		}
	}
	for i := range callthunks {
		if sameFrame(callthunks[i].typ, t) {
			return &callthunks[i]
		}
	}
	panic(errorString("reflect: the program has no code for functions of type " + typeString(&t.Type)))
}

// sameFrame reports whether functions of types a and b take and return values the same way.
func sameFrame(a, b *functype) bool {
	return sameWords(a.InSlice(), b.InSlice()) && sameWords(a.OutSlice(), b.OutSlice())
}

func sameWords(a, b []*_type) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && (passing(a[i]) == 0 || passing(a[i]) != passing(b[i])) {
			return false
		}
	}
	return true
}

// passing classifies types that are passed alike whatever they mean; 0 is for those that are like no other.
func passing(t *_type) abi.Kind {
	switch t.Kind() {
	case abi.Int8, abi.Uint8:
		return abi.Uint8
	case abi.Int16, abi.Uint16:
		return abi.Uint16
	case abi.Int, abi.Uint, abi.Int32, abi.Uint32, abi.Uintptr:
		return abi.Uint32
	case abi.Int64, abi.Uint64:
		return abi.Uint64
	case abi.Pointer, abi.Map, abi.Chan, abi.Func, abi.UnsafePointer:
		return abi.Pointer
	case abi.Bool, abi.Float32, abi.Float64, abi.Complex64, abi.Complex128, abi.String, abi.Slice, abi.Interface:
		return t.Kind()
	}
	return 0
}
