//go:build mote

package runtime

import "unsafe"

// Equality functions that descriptors name, all of the shape func(p, q unsafe.Pointer) bool.
//
// Safety: each is named only for types whose layout is the one it reads; both pointers point to such values.

func memequal0(p, q unsafe.Pointer) bool { return true }

func memequal8(p, q unsafe.Pointer) bool { return *(*uint8)(p) == *(*uint8)(q) }

func memequal16(p, q unsafe.Pointer) bool { return *(*uint16)(p) == *(*uint16)(q) }

func memequal32(p, q unsafe.Pointer) bool { return *(*uint32)(p) == *(*uint32)(q) }

func memequal64(p, q unsafe.Pointer) bool { return *(*uint64)(p) == *(*uint64)(q) }

func memequal128(p, q unsafe.Pointer) bool { return *(*[2]uint64)(p) == *(*[2]uint64)(q) }

func strequal(p, q unsafe.Pointer) bool { return *(*string)(p) == *(*string)(q) }

func f32equal(p, q unsafe.Pointer) bool { return *(*float32)(p) == *(*float32)(q) }

func f64equal(p, q unsafe.Pointer) bool { return *(*float64)(p) == *(*float64)(q) }

func c64equal(p, q unsafe.Pointer) bool { return *(*complex64)(p) == *(*complex64)(q) }

func c128equal(p, q unsafe.Pointer) bool { return *(*complex128)(p) == *(*complex128)(q) }

func interequal(p, q unsafe.Pointer) bool {
	x, y := (*iface)(p), (*iface)(q)
	return x.ITab == y.ITab && ifaceeq(x.ITab, x.Data, y.Data)
}

func nilinterequal(p, q unsafe.Pointer) bool {
	x, y := (*eface)(p), (*eface)(q)
	return x.Type == y.Type && efaceeq(x.Type, x.Data, y.Data)
}

// efaceeq compares the data words of two interface values whose dynamic type is t.
func efaceeq(t *_type, x, y unsafe.Pointer) bool {
	if t == nil {
		return true
	}
	if t.Equal == nil {
		panic(errorString("comparing uncomparable type " + typeString(t)))
	}
	if t.IsDirectIface() {
		return x == y
	}
	return t.Equal(x, y)
}

// ifaceeq is efaceeq for interfaces with methods. There is one itab per pair of types, so equal types have equal itabs.
func ifaceeq(tab *itab, x, y unsafe.Pointer) bool {
	if tab == nil {
		return true
	}
	return efaceeq(tab.Type, x, y)
}
