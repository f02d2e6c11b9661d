package mem

import "unsafe"

// Region hands out pieces of one buffer, one behind the other, and takes back all that came after a mark at once. The zero value has no
// room until Init.
//
// A region has one user: a goroutine, or the handler of one interrupt. Its methods mask nothing. In a handler they are ISR-safe as long as
// nobody else uses the region; none of them allocates.
//
// The collector does not look into a region: what lies there may point into the same region and to variables, but must not
// be all that points to an object of the collected heap.
type Region struct {
	base unsafe.Pointer
	size uintptr
	used uintptr
	peak uintptr
}

// Align is the alignment of pieces in bytes: any type's.
const Align = 8

// Mark is a state of a region to go back to.
type Mark struct {
	region *Region
	used   uintptr
}

// Init gives the region its memory, of which up to Align-1 bytes at the start are lost to alignment.
func (r *Region) Init(buffer []byte) {
	base := unsafe.Pointer(unsafe.SliceData(buffer))
	skip := -uintptr(base) % Align
	*r = Region{}
	if skip < uintptr(len(buffer)) {
		// Safety: skip bytes are less than the buffer has.
		r.base = unsafe.Add(base, skip)
		r.size = uintptr(len(buffer)) - skip
	}
}

// Alloc takes n bytes, aligned to Align; nil when they do not fit. They hold what was there before. Constant time.
func (r *Region) Alloc(n int) []byte {
	p := r.take(uintptr(n))
	if p == nil || n < 0 {
		return nil
	}
	// Safety: take has found that p has n bytes.
	return unsafe.Slice((*byte)(p), n)
}

// New takes room for a T from r and zeroes it; nil when it does not fit. Constant time.
func New[T any](r *Region) *T {
	// Safety: aligned for any type, and as large as T.
	p := (*T)(r.take(unsafe.Sizeof(*new(T))))
	if p != nil {
		*p = *new(T)
	}
	return p
}

// Slice takes room for n values from r and zeroes them, which takes time for each; nil when they do not fit or n is negative.
func Slice[T any](r *Region, n int) []T {
	size := unsafe.Sizeof(*new(T))
	if n < 0 || size != 0 && uintptr(n) > r.size/size {
		return nil
	}
	p := r.take(uintptr(n) * size)
	if p == nil {
		return nil
	}
	// Safety: aligned for any type, and as large as n of them.
	s := unsafe.Slice((*T)(p), n)
	clear(s)
	return s
}

// take is the next piece of n bytes; nil when it does not fit. A piece of no bytes has an address in the region too.
func (r *Region) take(n uintptr) unsafe.Pointer {
	start := r.used
	if r.base == nil || n > r.size-start {
		return nil
	}
	r.used = min(start+(n+Align-1)&^(Align-1), r.size)
	r.peak = max(r.peak, r.used)
	// Safety: start is at most size, and n bytes follow it.
	p := unsafe.Add(r.base, start)
	traceTake(p, n, 2)
	return p
}

// Mark returns the present state, for Release. Constant time.
func (r *Region) Mark() Mark { return Mark{r, r.used} }

// Release takes back all pieces since m, which nobody may use any more. Marks nest: those taken after m are no longer valid.
// Release of a mark that lies beyond what is in use, or is another region's, panics with ErrRelease. Constant time.
func (r *Region) Release(m Mark) {
	if m.region != r || m.used > r.used {
		panic(ErrRelease)
	}
	if r.base != nil {
		traceReturn(unsafe.Add(r.base, m.used), r.used-m.used)
	}
	r.used = m.used
}

// Used, Peak and Size are in bytes: in use now, at most so far, and altogether.
func (r *Region) Used() int { return int(r.used) }
func (r *Region) Peak() int { return int(r.peak) }
func (r *Region) Size() int { return int(r.size) }
