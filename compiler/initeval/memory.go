package initeval

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Limits keep a runaway initialiser from slowing the build; one that exceeds them runs on the device instead.
const (
	maxObject = 1 << 20  // bytes in one object; what is larger is filled at start, by code that takes LLVM minutes
	maxSteps  = 2 << 20  // instructions (and words copied) per initialiser
	maxTotal  = 16 << 20 // of all initialisers, about two seconds; then each may take lowSteps only
	lowSteps  = 1 << 16
	maxDepth  = 400 // nested calls
)

// failure is what an evaluation that cannot go on panics with; Evaluate turns it into a residual initialiser.
type failure struct{ why string }

func fail(format string, args ...any) { panic(failure{fmt.Sprintf(format, args...)}) }

// role says what an object stands for.
type role uint8

const (
	roleData   role = iota // ordinary memory
	roleString             // bytes of a string
	roleFunc               // a closure
	roleType               // a type, as in the first word of an interface
	roleBox                // an immutable value: of an interface, or an aggregate in a register
	roleSymbol             // a linker symbol: only its address is known
)

// object is a piece of build-time memory: bytes in the target's layout, and beside them the pointers.
//
// Word i of data is a pointer when refs[i] is not nil; its bytes then hold the offset into that object.
type object struct {
	role   role
	fresh  uint32 // the unit that made it; that unit's writes need no undo
	saved  uint32 // the unit that last saved it for undo
	noLoad bool   // residual code may have written it by now
	noSave bool   // residual code may have read or written it by now
	seen   bool   // visited by the taint closure
	size   int64
	data   []byte // nil is zero
	refs   []*object
	typ    types.Type    // contents; the type itself for roleType
	global *ssa.Global   // or nil
	fn     *ssa.Function // roleFunc
	binds  []value       // roleFunc: captured values; tuples: the parts
	out    *Object       // made by output
}

// value is a register.
//
//	booleans, integers, floats  n, in the type's width, sign- or zero-extended
//	pointers, funcs             ref and off
//	strings                     ref, off, n = length
//	slices                      ref, off, n = length | capacity<<32
//	interfaces                  ref = dynamic type, mem = box
//	complex, structs, arrays    mem, nil when zero
//	tuples, iterators           mem.binds
type value struct {
	n   uint64
	off uint32
	ref *object
	mem *object
}

func (v value) sliceLen() int64 { return int64(uint32(v.n)) }
func (v value) sliceCap() int64 { return int64(v.n >> 32) }

func sliceValue(ref *object, off uint32, n, c int64) value {
	return value{ref: ref, off: off, n: uint64(uint32(n)) | uint64(c)<<32}
}

func stringValue(s string) value {
	if s == "" {
		return value{}
	}
	return value{ref: &object{role: roleString, size: int64(len(s)), data: []byte(s)}, n: uint64(len(s))}
}

// text returns the contents of a string value.
func (m *machine) text(v value) string {
	if v.n == 0 {
		return ""
	}
	return string(m.bytes(v, int64(v.n)))
}

// bytes returns n bytes at v for reading.
func (m *machine) bytes(v value, n int64) []byte {
	if n == 0 {
		return nil
	}
	o := m.readable(v, n)
	m.spend(n / wordSize)
	if o.data == nil {
		return make([]byte, n)
	}
	m.noPointers(o, int64(v.off), n)
	return o.data[v.off : int64(v.off)+n]
}

func (m *machine) noPointers(o *object, off, n int64) {
	if o.refs == nil {
		return
	}
	for i := off / wordSize; i*wordSize < off+n; i++ {
		if o.refs[i] != nil {
			fail("pointer read as a number")
		}
	}
}

// readable checks that n bytes at pointer p may be read.
func (m *machine) readable(p value, n int64) *object {
	o := p.ref
	switch {
	case o == nil:
		fail("nil dereference")
	case o.role == roleFunc || o.role == roleType || o.role == roleSymbol:
		fail("reads what the linker fills in")
	case o.noLoad:
		fail("reads %s, which run-time code may have changed", o.describe())
	case int64(p.off)+n > o.size:
		fail("reads beyond an object")
	case o.size > maxObject:
		fail("object of %d bytes", o.size)
	}
	return o
}

// writable checks that n bytes at p may be written, saves the object for undo and gives it memory.
func (m *machine) writable(p value, n int64) *object {
	o := p.ref
	switch {
	case o == nil:
		fail("nil dereference")
	case o.role != roleData:
		fail("writes constant memory")
	case o.noSave:
		fail("writes %s, which run-time code may have used", o.describe())
	case int64(p.off)+n > o.size:
		fail("writes beyond an object")
	case o.size > maxObject:
		fail("object of %d bytes", o.size)
	}
	if o.fresh != m.unit && o.saved != m.unit {
		m.journal = append(m.journal, undo{o, append([]byte(nil), o.data...), append([]*object(nil), o.refs...)})
		o.saved = m.unit
	}
	if o.data == nil {
		o.data = make([]byte, o.size)
	}
	return o
}

func (o *object) describe() string {
	if o.global != nil {
		return o.global.String()
	}
	return "memory"
}

// undo restores one object when its unit fails.
type undo struct {
	obj  *object
	data []byte
	refs []*object
}

func (m *machine) rollback() {
	for _, u := range m.journal {
		u.obj.data, u.obj.refs = u.data, u.refs
		if len(u.data) == 0 {
			u.obj.data = nil
		}
		if len(u.refs) == 0 {
			u.obj.refs = nil
		}
	}
	m.journal = m.journal[:0]
}

// alloc makes zeroed memory of type t.
func (m *machine) alloc(t types.Type, size int64) *object {
	if size > maxObject {
		fail("object of %d bytes", size)
	}
	return &object{fresh: m.unit, size: size, typ: t}
}
