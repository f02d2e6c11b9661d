//go:build mote && !gc.none

package runtime

import (
	"internal/abi"
	"unsafe"
)

// SetFinalizer sets the finalizer of the object that obj points to: when the object is no longer reachable, a goroutine calls
// finalizer(obj) once. A nil finalizer removes it. Objects that are not on the heap never die, so theirs never runs.
func SetFinalizer(obj any, finalizer any) {
	e := efaceOf(&obj)
	switch {
	case e.Type == nil:
		throw("runtime.SetFinalizer: first argument is nil")
	case e.Type.Kind() != abi.Pointer:
		throw("runtime.SetFinalizer: first argument is " + typeString(e.Type) + ", not pointer")
	case e.Data == nil:
		throw("nil elem type!")
	}
	at := uintptr(e.Data)
	base, _, ok := findObject(at)
	if !ok {
		return
	}
	if base != at {
		throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
	}
	f := efaceOf(&finalizer)
	if f.Type == nil {
		dropFinalizer(at)
		return
	}
	s := &special{at: at, kind: specialFinalizer, run: finalizerCall(e.Type, f)}
	startSpecialWorker()
	lockSched()
	already := findSpecial(at, specialFinalizer) != nil
	unlockSched()
	if already {
		throw("runtime.SetFinalizer: finalizer already set")
	}
	addSpecial(s)
	KeepAlive(obj)
}

func dropFinalizer(at uintptr) {
	lockSched()
	removeSpecials(func(s *special) bool { return s.kind == specialFinalizer && s.at == at })
	unlockSched()
}

// finalizerCall checks that the function f accepts a pointer of type t and returns the call.
//
// Safety: the argument is one pointer or one interface, which every function of that type takes in registers; a result in memory goes to
// the hidden pointer that follows, and the others are left in registers (doc/spec/abi.md, "Functions").
func finalizerCall(t *_type, f *eface) func(unsafe.Pointer) {
	wrong := func(why string) {
		throw("runtime.SetFinalizer: cannot pass " + typeString(t) + " to finalizer " + typeString(f.Type) + why)
	}
	if f.Type.Kind() != abi.Func {
		throw("runtime.SetFinalizer: second argument is " + typeString(f.Type) + ", not a function")
	}
	ft := (*functype)(unsafe.Pointer(f.Type))
	if ft.IsVariadic() {
		wrong(" because dotdotdot")
	}
	if ft.InCount != 1 {
		wrong("")
	}
	results := uintptr(0)
	for _, out := range ft.OutSlice() {
		results += (out.Size_ + 7) &^ 7
	}
	fn := f.Data
	in := ft.In(0)
	switch {
	case in == t, in.Kind() == abi.Pointer && (in.Uncommon() == nil || t.Uncommon() == nil) && in.Elem() == t.Elem():
		return func(obj unsafe.Pointer) {
			(*(*func(p, results unsafe.Pointer))(unsafe.Pointer(&fn)))(obj, mallocgc(results, nil, false))
		}
	case in.Kind() == abi.Interface:
		first := unsafe.Pointer(t)
		if inter := (*interfacetype)(unsafe.Pointer(in)); len(inter.Methods) != 0 {
			tab := assertE2I2(inter, t)
			if tab == nil {
				break
			}
			first = unsafe.Pointer(tab)
		}
		return func(obj unsafe.Pointer) {
			(*(*func(word, p, results unsafe.Pointer))(unsafe.Pointer(&fn)))(first, obj, mallocgc(results, nil, false))
		}
	}
	wrong("")
	return nil
}
