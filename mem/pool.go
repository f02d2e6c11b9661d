package mem

import "unsafe"

// Pool hands out the blocks of a backing array, each with room for a T. The zero value has no blocks until Init.
//
// Invariant: a block's link is the pool while the block is in use; otherwise it leads to the next free block, nil at the end. So one
// comparison with memory that has to be touched anyway tells a block in use from a free one.
type Pool[T any] struct {
	free *Block[T]
	base unsafe.Pointer // of the backing array
	size uintptr        // in bytes
}

// Block is room for one T in a backing array.
type Block[T any] struct {
	value T // first, so that a block and its value have one address
	link  unsafe.Pointer
}

// Init gives the pool its memory and makes all of it free. Call it once, before anybody uses the pool. Time grows with the number of blocks.
//
//go:noinline
func (p *Pool[T]) Init(backing []Block[T]) {
	if p.base != nil && p.inUse() {
		panic(ErrInitTwice)
	}
	p.free = nil
	p.base = unsafe.Pointer(unsafe.SliceData(backing))
	p.size = uintptr(len(backing)) * unsafe.Sizeof(Block[T]{})
	for i := len(backing) - 1; i >= 0; i-- {
		backing[i].link = unsafe.Pointer(p.free)
		p.free = &backing[i]
	}
}

// Get takes a block; nil when all are in use. Its value is what the last user left in it, zero at first. Constant time; ISR-safe,
// never allocates.
func (p *Pool[T]) Get() *T {
	old := mask()
	b := p.free
	if b == nil {
		unmask(old)
		return nil
	}
	// Safety: b is free, so its link is a block or nil.
	p.free = (*Block[T])(b.link)
	b.link = unsafe.Pointer(p)
	unmask(old)
	traceTake(unsafe.Pointer(b), unsafe.Sizeof(b.value), 1)
	return &b.value
}

// Put gives back a block that Get has returned, which nobody may use any more. Of a block that is free already or of any other pointer it
// panics with ErrPutTwice or ErrForeign, and leaves the pool as it was. Constant time; ISR-safe, never allocates.
func (p *Pool[T]) Put(v *T) {
	if uintptr(unsafe.Pointer(v))-uintptr(p.base) >= p.size {
		p.misuse(v)
	}
	// Safety: v lies in the backing array. If it is not the start of a block, what is read as its link lies there too.
	b := (*Block[T])(unsafe.Pointer(v))
	traceReturn(unsafe.Pointer(b), 1)
	old := mask()
	if b.link != unsafe.Pointer(p) {
		unmask(old)
		p.misuse(v)
	}
	b.link = unsafe.Pointer(p.free)
	p.free = b
	unmask(old)
}

// misuse says what is wrong with v.
//
//go:noinline
func (p *Pool[T]) misuse(v *T) {
	at := uintptr(unsafe.Pointer(v)) - uintptr(p.base)
	if at < p.size && at%unsafe.Sizeof(Block[T]{}) == 0 {
		panic(ErrPutTwice)
	}
	panic(ErrForeign)
}

// Cap is the number of blocks.
func (p *Pool[T]) Cap() int { return int(p.size / unsafe.Sizeof(Block[T]{})) }

// Free counts the blocks that are not in use, one by one: for tests and reports, while nobody else uses the pool.
//
//go:noinline
func (p *Pool[T]) Free() int {
	n := 0
	for b := p.free; b != nil; b = (*Block[T])(b.link) {
		n++
	}
	return n
}

func (p *Pool[T]) inUse() bool { return p.Free() < p.Cap() }
