//go:build mote

package runtime

import (
	"internal/kernel/heap"
	"internal/profilerecord"
	"math/bits"
	"unsafe"
)

// The memory profile: call stacks of allocations, sampled as Go does, on average one per MemProfileRate bytes. A program that never
// reads the profile records nothing: the compiler drops the calls of functions with //mote:with then.
//
// What the profile keeps lies in pinned blocks of the heap, which the collector neither scans nor frees. When there is no
// memory for a sample, it is lost.

// memProfile is the state of the profile, under lockSched.
var memProfile struct {
	rate    int         // MemProfileRate when left was drawn
	left    uintptr     // bytes to allocate until the next sample
	buckets *memBucket  // what is known by call stack and size
	samples *memSamples // sampled objects that are not freed yet
	empty   *memSamples // parts of that list to free
	bytes   uintptr     // in the blocks of the profile
	stack   [32]uintptr // of the allocation that is recorded now: too large for stacks of known depth
}

// memBucket counts the sampled objects of one size that one call stack has allocated. depth program counters follow it.
type memBucket struct {
	next          *memBucket
	size          uintptr // of the block
	depth         uintptr
	allocs, frees uint32
}

// memSamples is a part of the list of sampled objects that are not freed yet.
type memSamples struct {
	next *memSamples
	used int
	list [128]memSample
}

// memSample is a sampled object.
type memSample struct {
	at     uintptr
	bucket *memBucket
}

// profileAllocation takes note of the new object at p. Under lockSched.
//
//mote:with readMemProfile
func profileAllocation(p uintptr) {
	rate := MemProfileRate
	if rate <= 0 {
		return
	}
	size := heap.Block(p)
	if rate != memProfile.rate {
		memProfile.rate = rate
		memProfile.left = nextSample(rate)
	}
	if size < memProfile.left {
		memProfile.left -= size
		return
	}
	memProfile.left = nextSample(rate)
	sampleAllocation(p, size)
}

// nextSample draws the bytes up to the next sample: an exponential distribution, so that every byte is sampled with the same
// probability whatever the sizes are in turn.
func nextSample(rate int) uintptr {
	if rate == 1 {
		return 0
	}
	q := cheaprand() | 1
	top := uint32(bits.Len32(q)) - 1
	log := top << 16 // base 2, 16 bits behind the point: each step squares what is left and takes its whole part
	x := uint64(q) << (31 - top)
	for bit := uint32(1) << 15; bit != 0; bit >>= 1 {
		if x = x * x >> 31; x >= 1<<32 {
			x >>= 1
			log += bit
		}
	}
	const ln2 = 45426 // 16 bits behind the point
	mean := uint64(32<<16-log) * ln2 >> 16
	return uintptr(min(mean*uint64(rate)>>16, 1<<31-1))
}

// sampleAllocation records the call stack of the allocation of p.
//
//go:noinline
func sampleAllocation(p, size uintptr) {
	const skip = 3 // this function, profileAllocation and mallocgc
	n := callers(skip, memProfile.stack[:], running(getpc(), getsp()))
	b := memBucketOf(memProfile.stack[:n], size)
	part := memProfile.samples
	if part == nil || part.used == len(part.list) {
		part = (*memSamples)(profileBlock(unsafe.Sizeof(memSamples{})))
	}
	if b == nil || part == nil {
		return
	}
	if part != memProfile.samples {
		part.next, part.used = memProfile.samples, 0
		memProfile.samples = part
	}
	b.allocs++
	part.list[part.used] = memSample{p, b}
	part.used++
}

// memBucketOf finds or makes the bucket of a stack and a size; nil without memory. The one found comes to the front.
func memBucketOf(stack []uintptr, size uintptr) *memBucket {
	for link := &memProfile.buckets; *link != nil; link = &(*link).next {
		if b := *link; b.size == size && sameStack(b.stack(), stack) {
			*link = b.next
			b.next = memProfile.buckets
			memProfile.buckets = b
			return b
		}
	}
	b := (*memBucket)(profileBlock(unsafe.Sizeof(memBucket{}) + uintptr(len(stack))*unsafe.Sizeof(uintptr(0))))
	if b == nil {
		return nil
	}
	*b = memBucket{next: memProfile.buckets, size: size, depth: uintptr(len(stack))}
	copy(b.stack(), stack)
	memProfile.buckets = b
	return b
}

// stack is the call stack of b.
//
// Safety: memBucketOf has allocated depth words behind the bucket.
func (b *memBucket) stack() []uintptr {
	return unsafe.Slice((*uintptr)(unsafe.Add(unsafe.Pointer(b), unsafe.Sizeof(*b))), b.depth)
}

func sameStack(a, b []uintptr) bool {
	if len(a) != len(b) {
		return false
	}
	for i, pc := range a {
		if pc != b[i] {
			return false
		}
	}
	return true
}

// profileBlock returns size bytes that stay, or nil.
func profileBlock(size uintptr) unsafe.Pointer {
	p := memory.AllocPinned(size)
	if p != 0 {
		memProfile.bytes += heap.Block(p)
	}
	return unsafe.Pointer(p)
}

// profileFrees takes note of the sampled objects that this collection frees: between marking and sweeping, behind finalizers.
// The other samples move together.
//
//mote:with readMemProfile
func profileFrees() {
	to, n := memProfile.samples, 0
	for part := memProfile.samples; part != nil; part = part.next {
		for _, s := range part.list[:part.used] {
			if !memory.Marked(s.at) {
				s.bucket.frees++
				continue
			}
			if n == len(to.list) {
				to.used = n
				to, n = to.next, 0
			}
			to.list[n] = s
			n++
		}
	}
	if to != nil {
		to.used = n
		memProfile.empty, to.next = to.next, nil
	}
}

// freeSamples gives back what profileFrees has emptied: behind sweeping.
//
//mote:with readMemProfile
func freeSamples() {
	for part := memProfile.empty; part != nil; {
		at := uintptr(unsafe.Pointer(part))
		part = part.next
		memProfile.bytes -= heap.Block(at)
		memory.Free(at)
	}
	memProfile.empty = nil
}

// readMemProfile passes the records of the profile to put when they are at most room, and returns how many there are. Those
// whose objects are all freed count if inuseZero. What it passes stays as it is.
//
//go:noinline
func readMemProfile(room int, inuseZero bool, put func(i int, r profilerecord.MemProfileRecord)) (n int, ok bool) {
	lockSched()
	for b := memProfile.buckets; b != nil; b = b.next {
		if inuseZero || b.allocs != b.frees {
			n++
		}
	}
	if n > room {
		unlockSched()
		return n, false
	}
	i := 0
	for b := memProfile.buckets; b != nil; b = b.next {
		if !inuseZero && b.allocs == b.frees {
			continue
		}
		put(i, profilerecord.MemProfileRecord{
			AllocBytes: int64(b.allocs) * int64(b.size), AllocObjects: int64(b.allocs),
			FreeBytes: int64(b.frees) * int64(b.size), FreeObjects: int64(b.frees),
			Stack: b.stack(),
		})
		i++
	}
	unlockSched()
	return n, true
}

// MemProfile returns the memory profile: n is the number of records, which are copied into p when they fit. Records whose objects are
// all freed are among them if inuseZero.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return readMemProfile(len(p), inuseZero, func(i int, r profilerecord.MemProfileRecord) {
		p[i] = MemProfileRecord{AllocBytes: r.AllocBytes, FreeBytes: r.FreeBytes, AllocObjects: r.AllocObjects, FreeObjects: r.FreeObjects}
		copy(p[i].Stack0[:], r.Stack)
	})
}

// What runtime/pprof expects from below.
//
// Safety: it declares this function without a body and with the same signature.

//go:linkname pprof_memProfileInternal
func pprof_memProfileInternal(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return readMemProfile(len(p), inuseZero, func(i int, r profilerecord.MemProfileRecord) { p[i] = r })
}
