//go:build mote && !gc.none

package runtime

import "unsafe"

// Specials are what the program attached to objects: finalizers, cleanups and weak pointers. Each is a record in a hash table by the
// object's address, which it holds as a number, so that the table keeps no object alive. After marking, the collector calls
// handleSpecials through collector.specials, which the first record sets.

// special is one record. A record of kind specialWeak is also what a weak.Pointer holds.
type special struct {
	next *special
	at   uintptr              // the address it is attached to, hidden from the collector; 0: the object is gone
	obj  unsafe.Pointer       // the object, once its finalizer is queued
	run  func(unsafe.Pointer) // finalizer (given obj) or cleanup
	id   uint32               // of a cleanup
	kind specialKind
	heap bool // the address is in the heap; otherwise the object never dies
}

// specials is the state of this file, under lockSched.
var specials struct {
	table  []*special
	count  uint32
	lastID uint32
	queue  *special // finalizers and cleanups to run
	last   *special
	worker *g // runs the queue; nil until the first finalizer or cleanup
	idle   bool
	counts [specialKinds]specialCount
}

// addSpecial puts a record into the table. The table is grown first and without the lock, so that a collection
// that starts for its memory finds it whole.
func addSpecial(s *special) {
	_, _, s.heap = findObject(s.at)
	for {
		lockSched()
		if int(specials.count) < 2*len(specials.table) {
			break
		}
		n := max(2*len(specials.table), 8)
		unlockSched()
		table := make([]*special, n)
		lockSched()
		rehashSpecials(table)
		unlockSched()
	}
	collector.specials = handleSpecials
	bucket := &specials.table[specialHash(s.at, len(specials.table))]
	s.next = *bucket
	*bucket = s
	specials.count++
	unlockSched()
}

// findObject is the heap object around p.
func findObject(p uintptr) (base, size uintptr, ok bool) {
	base, size, _ = memory.Find(p)
	return base, size, base != 0
}

// rehashSpecials moves all records into an empty larger table. Under lockSched.
func rehashSpecials(table []*special) {
	if len(table) <= len(specials.table) {
		return
	}
	for _, s := range specials.table {
		for s != nil {
			next := s.next
			bucket := &table[specialHash(s.at, len(table))]
			s.next = *bucket
			*bucket = s
			s = next
		}
	}
	specials.table = table
}

// specialHash is the bucket of an address in a table of n buckets, a power of two.
func specialHash(at uintptr, n int) int { return int(uint32(at)*0x9e3779b1>>8) & (n - 1) }

// findSpecial returns the first record of the kind at the address, or nil. Under lockSched.
func findSpecial(at uintptr, kind specialKind) *special {
	if len(specials.table) == 0 {
		return nil
	}
	s := specials.table[specialHash(at, len(specials.table))]
	for s != nil && (s.at != at || s.kind != kind) {
		s = s.next
	}
	return s
}

// removeSpecials takes the records for which drop is true out of the table.
func removeSpecials(drop func(s *special) bool) {
	for i := range specials.table {
		for p := &specials.table[i]; *p != nil; {
			s := *p
			if !drop(s) {
				p = &s.next
				continue
			}
			*p = s.next
			s.next = nil
			specials.count--
		}
	}
}

// handleSpecials runs between marking and sweeping, under lockSched. The order is Go's: what a finalizer's object refers to stays alive,
// so finalizers run from the outside in; weak pointers are cleared before finalizers bring the object back; a
// cleanup waits until the object is gone for good.
func handleSpecials() {
	eachSpecial(func(s *special) {
		if s.kind == specialFinalizer && s.heap {
			base, size, typ := memory.Find(s.at)
			if typ > 1 { // neither heap.NoPointers nor heap.Pinned
				scanObject(&memory, typ, base, size)
			}
		}
	})
	memory.Drain(scanObject)
	removeSpecials(func(s *special) bool {
		if s.kind != specialWeak || !s.dead() {
			return false
		}
		s.at = 0
		return true
	})
	removeSpecials(func(s *special) bool {
		if s.kind != specialFinalizer || !s.dead() {
			return false
		}
		s.obj = unsafe.Pointer(s.at)
		enqueueSpecial(s)
		return true
	})
	for s := specials.queue; s != nil; s = s.next {
		memory.Mark(uintptr(s.obj))
	}
	memory.Drain(scanObject)
	removeSpecials(func(s *special) bool {
		if s.kind != specialCleanup || !s.dead() {
			return false
		}
		enqueueSpecial(s)
		return true
	})
}

// dead reports whether the object was not reached. Only between marking and sweeping.
func (s *special) dead() bool { return s.heap && !memory.Marked(s.at) }

func eachSpecial(f func(s *special)) {
	for _, s := range specials.table {
		for ; s != nil; s = s.next {
			f(s)
		}
	}
}

// specialCounts counts finalizers and cleanups. Under lockSched.
func specialCounts() [specialKinds]specialCount { return specials.counts }
