package mem

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

type packet struct {
	next *packet
	data [5]byte
}

// misuse runs f and returns the Error that it panics with; "" for none.
func misuse(f func()) (err Error) {
	defer func() { err, _ = recover().(Error) }()
	f()
	return ""
}

func TestPoolHandsOutEachBlockOnce(t *testing.T) {
	var backing [5]Block[packet]
	var p Pool[packet]
	if p.Get() != nil {
		t.Fatal("a pool without memory has a block")
	}
	p.Init(backing[:])
	seen := map[*packet]bool{}
	for range backing {
		v := p.Get()
		if v == nil || seen[v] || uintptr(unsafe.Pointer(v))%unsafe.Alignof(*v) != 0 {
			t.Fatalf("block %p after %d", v, len(seen))
		}
		seen[v] = true
	}
	if v := p.Get(); v != nil {
		t.Errorf("an exhausted pool gave %p", v)
	}
	if p.Free() != 0 || p.Cap() != 5 {
		t.Errorf("%d of %d blocks are free, want 0 of 5", p.Free(), p.Cap())
	}
	for v := range seen {
		p.Put(v)
	}
	if p.Free() != 5 {
		t.Errorf("%d blocks are free, want 5", p.Free())
	}
}

func TestPoolKeepsWhatTheLastUserLeft(t *testing.T) {
	var backing [1]Block[packet]
	var p Pool[packet]
	p.Init(backing[:])
	v := p.Get()
	*v = packet{data: [5]byte{1, 2, 3, 4, 5}}
	p.Put(v)
	if again := p.Get(); again != v || again.data != [5]byte{1, 2, 3, 4, 5} {
		t.Errorf("got %v at %p, want the block of before as it was", *again, again)
	}
}

func TestPoolMisuse(t *testing.T) {
	var backing, other [4]Block[packet]
	var p, q Pool[packet]
	p.Init(backing[:])
	q.Init(other[:])
	a, b, c := p.Get(), p.Get(), q.Get()
	p.Put(b)
	tests := []struct {
		name string
		f    func()
		want Error
	}{
		{"twice, the last one", func() { p.Put(b) }, ErrPutTwice},
		{"never taken", func() { p.Put(&backing[3].value) }, ErrPutTwice},
		{"nil", func() { p.Put(nil) }, ErrForeign},
		{"a variable", func() { p.Put(new(packet)) }, ErrForeign},
		{"another pool's", func() { p.Put(c) }, ErrForeign},
		{"inside a block", func() { p.Put((*packet)(unsafe.Add(unsafe.Pointer(a), unsafe.Alignof(*a)))) }, ErrForeign},
		{"Init while in use", func() { p.Init(backing[:]) }, ErrInitTwice},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			free := p.Free()
			if got := misuse(tt.f); got != tt.want {
				t.Errorf("panicked with %q, want %q", got, tt.want)
			}
			if p.Free() != free {
				t.Errorf("%d blocks are free, want %d as before", p.Free(), free)
			}
		})
	}
	p.Put(a)
	if got := misuse(func() { p.Put(a) }); got != ErrPutTwice {
		t.Errorf("panicked with %q, want %q", got, ErrPutTwice)
	}
}

func TestPoolOfNothing(t *testing.T) {
	var backing [3]Block[struct{}]
	var p Pool[struct{}]
	p.Init(backing[:])
	a, b := p.Get(), p.Get()
	if a == nil || b == nil {
		t.Fatal("no blocks")
	}
	p.Put(a)
	p.Put(b)
	if p.Free() != 3 {
		t.Errorf("%d blocks are free, want 3", p.Free())
	}
}

func TestPoolNeverAllocates(t *testing.T) {
	var backing [2]Block[packet]
	var p Pool[packet]
	p.Init(backing[:])
	if n := testing.AllocsPerRun(100, func() { p.Put(p.Get()) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// model runs operations on a pool beside a model of it: the set of blocks in use.
func model(t *testing.T, ops []byte) {
	const blocks = 7
	var backing [blocks]Block[uint32]
	var p Pool[uint32]
	p.Init(backing[:])
	var used []*uint32
	values := map[*uint32]uint32{}
	for i, op := range ops {
		switch {
		case op < 128 || len(used) == 0:
			v := p.Get()
			if (v == nil) != (len(used) == blocks) {
				t.Fatalf("operation %d: got %p with %d in use", i, v, len(used))
			}
			if v == nil {
				continue
			}
			if _, taken := values[v]; taken {
				t.Fatalf("operation %d: %p is in use", i, v)
			}
			*v, values[v] = uint32(i), uint32(i)
			used = append(used, v)
		case op < 250:
			n := int(op) % len(used)
			v := used[n]
			if *v != values[v] {
				t.Fatalf("operation %d: a block has %d, want %d", i, *v, values[v])
			}
			p.Put(v)
			delete(values, v)
			used = append(used[:n], used[n+1:]...)
		default:
			v := &backing[int(op)%blocks].value
			_, taken := values[v]
			if taken {
				continue
			}
			if got := misuse(func() { p.Put(v) }); got != ErrPutTwice {
				t.Fatalf("operation %d: Put of a free block panicked with %q", i, got)
			}
		}
		if p.Free() != blocks-len(used) {
			t.Fatalf("operation %d: %d blocks are free, want %d", i, p.Free(), blocks-len(used))
		}
	}
}

func TestPoolIsLikeItsModel(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		ops := make([]byte, 300)
		for i := range ops {
			ops[i] = byte(rnd.Uint32())
		}
		model(t, ops)
	}
}

func FuzzPool(f *testing.F) {
	f.Add([]byte{0, 0, 200, 255, 0, 130})
	f.Fuzz(func(t *testing.T, ops []byte) { model(t, ops) })
}

func TestPoolIsForSeveralGoroutines(t *testing.T) {
	const goroutines, rounds = 4, 200
	var backing [goroutines - 1]Block[uint32]
	var p Pool[uint32]
	p.Init(backing[:])
	done := make(chan bool)
	for id := range uint32(goroutines) {
		go func() {
			ok := true
			for i := range uint32(rounds) {
				if v := p.Get(); v != nil {
					*v = id<<16 | i
					ok = ok && *v == id<<16|i
					p.Put(v)
				}
			}
			done <- ok
		}()
	}
	for range goroutines {
		if !<-done {
			t.Error("two goroutines had one block")
		}
	}
	if p.Free() != len(backing) {
		t.Errorf("%d blocks are free, want %d", p.Free(), len(backing))
	}
}
