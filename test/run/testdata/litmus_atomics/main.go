// Litmus_atomics checks what the memory model promises of sync/atomic: read-modify-write operations lose nothing, 64-bit values do not
// tear, and the order of operations of several goroutines is one that a sequential execution could have had. On a chip the
// tick preempts the goroutines wherever they are; the tests in rounds also give way between any two operations.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	loops  = 60_000 // operations of a goroutine that runs without giving way: several time slices together
	rounds = 64
)

// parallel runs the functions in goroutines of their own and waits for them.
func parallel(fs ...func()) {
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			f()
			wg.Done()
		}()
	}
	wg.Wait()
}

func check(name string, ok bool) {
	if ok {
		println(name, "ok")
	} else {
		println(name, "VIOLATED")
	}
}

// counters adds from two goroutines in every way there is.
func counters() {
	var i32 atomic.Int32
	var u32 atomic.Uint32
	var i64 atomic.Int64
	var u64 atomic.Uint64
	var ptr atomic.Uintptr
	var plain32 int32
	var plain64 struct {
		_ uint32 // so that it is not aligned to 8 on a 32-bit chip by chance only
		_ uint32
		n int64
	}
	var cas32 atomic.Uint32
	var cas64 atomic.Uint64
	add := func() {
		for range loops / 10 {
			i32.Add(1)
			u32.Add(^uint32(0))
			i64.Add(1<<32 + 1)
			u64.Add(^uint64(0))
			ptr.Add(3)
			atomic.AddInt32(&plain32, 2)
			atomic.AddInt64(&plain64.n, -5)
			for old := cas32.Load(); !cas32.CompareAndSwap(old, old+1); old = cas32.Load() {
			}
			for old := cas64.Load(); !cas64.CompareAndSwap(old, old+1<<31); old = cas64.Load() {
			}
		}
	}
	parallel(add, add)
	const n = loops / 10 * 2
	check("add", i32.Load() == n && u32.Load() == 1<<32-n && i64.Load() == n*(1<<32+1) && u64.Load() == 1<<64-n && ptr.Load() == 3*n)
	check("add plain", atomic.LoadInt32(&plain32) == 2*n && atomic.LoadInt64(&plain64.n) == -5*n)
	check("compare and swap", cas32.Load() == n && cas64.Load() == n<<31)
}

// swaps lets goroutines exchange tokens through a slot: none may be lost or doubled.
func swaps() {
	var slot32 atomic.Uint32
	var slot64 atomic.Int64
	var sum32 [2]uint32
	var sum64 [2]int64
	exchange := func(self int) func() {
		return func() {
			for i := range loops / 2 {
				token := uint32(i*2 + self)
				sum32[self] += slot32.Swap(token) - token
				sum64[self] += slot64.Swap(int64(token)<<32|int64(token)) - (int64(token)<<32 | int64(token))
			}
		}
	}
	parallel(exchange(0), exchange(1))
	check("swap", sum32[0]+sum32[1]+slot32.Load() == 0 && sum64[0]+sum64[1]+slot64.Load() == 0)
}

// bits lets each goroutine set and clear its own bits of shared words.
func bits() {
	var w32 atomic.Uint32
	var w64 atomic.Int64
	var plain uint32
	var bad atomic.Int32
	flip := func(shift uint) func() {
		m32, m64 := uint32(0xff)<<shift, int64(0xff00000001)<<shift
		return func() {
			for range loops / 4 {
				if w32.Or(m32)&m32 != 0 || w64.Or(m64)&m64 != 0 || atomic.OrUint32(&plain, m32)&m32 != 0 {
					bad.Add(1)
				}
				if w32.Load()&m32 != m32 || w64.Load()&m64 != m64 {
					bad.Add(1)
				}
				if w32.And(^m32)&m32 != m32 || w64.And(^m64)&m64 != m64 || atomic.AndUint32(&plain, ^m32)&m32 != m32 {
					bad.Add(1)
				}
			}
		}
	}
	parallel(flip(0), flip(8))
	check("and, or", bad.Load() == 0 && w32.Load() == 0 && w64.Load() == 0 && plain == 0)
}

// tearing writes 64-bit values with equal halves in every way and reads them.
func tearing() {
	var v struct {
		_ uint32
		n atomic.Uint64
	}
	var done atomic.Bool
	var bad uint32
	const both = 1<<32 + 1
	parallel(func() {
		for i := range uint64(loops / 2) {
			switch i % 4 {
			case 0:
				v.n.Store(i * both)
			case 1:
				v.n.Add(both)
			case 2:
				v.n.CompareAndSwap(v.n.Load(), i*both)
			case 3:
				v.n.Swap((1<<32 - 1 - i) * both)
			}
		}
		done.Store(true)
	}, func() {
		for !done.Load() {
			if n := v.n.Load(); uint32(n) != uint32(n>>32) {
				bad++
			}
		}
	})
	check("no tearing", bad == 0)
}

// message passes plain data by an atomic flag, then counters in an order that a reader must see.
func message() {
	var data [4]uint32
	var flag, ack atomic.Uint32
	bad := 0
	parallel(func() {
		for i := uint32(1); i <= rounds; i++ {
			for j := range data {
				data[j] = i * uint32(j+1)
			}
			flag.Store(i)
			for ack.Load() != i {
				runtime.Gosched()
			}
		}
	}, func() {
		for i := uint32(1); i <= rounds; i++ {
			for flag.Load() != i {
				runtime.Gosched()
			}
			for j, d := range data {
				if d != i*uint32(j+1) {
					bad++
				}
			}
			ack.Store(i)
		}
	})
	check("message passing", bad == 0)

	var first, second atomic.Uint32
	last, back := uint32(0), 0
	parallel(func() {
		for i := uint32(1); i <= loops; i++ {
			first.Store(i)
			second.Store(i)
		}
	}, func() {
		for last < loops {
			s := second.Load()
			f := first.Load()
			if f < s || s < last {
				back++
			}
			last = s
		}
	})
	check("order of stores, coherence", back == 0)
}

// gates makes a goroutine give way before chosen operations: bit i of the schedule is for operation i.
func pass(schedule, i int) {
	if schedule>>i&1 != 0 {
		runtime.Gosched()
	}
}

// together runs the threads of a litmus test once for each schedule; outcome sees what they left.
func together(name string, threads []func(schedule int), reset func(), forbidden func() bool) {
	bad := 0
	for schedule := range rounds {
		reset()
		var wg sync.WaitGroup
		for i, f := range threads {
			wg.Add(1)
			go func() {
				f(schedule >> (2 * i))
				wg.Done()
			}()
		}
		wg.Wait()
		if forbidden() {
			bad++
		}
	}
	check(name, bad == 0)
}

func buffering() {
	var x, y atomic.Int32
	var r1, r2 int32
	reset := func() { x.Store(0); y.Store(0); r1, r2 = -1, -1 }
	together("store buffering", []func(int){
		func(s int) { pass(s, 0); x.Store(1); pass(s, 1); r1 = y.Load() },
		func(s int) { pass(s, 0); y.Store(1); pass(s, 1); r2 = x.Load() },
	}, reset, func() bool { return r1 == 0 && r2 == 0 })
	together("load buffering", []func(int){
		func(s int) { pass(s, 0); r1 = y.Load(); pass(s, 1); x.Store(1) },
		func(s int) { pass(s, 0); r2 = x.Load(); pass(s, 1); y.Store(1) },
	}, reset, func() bool { return r1 == 1 && r2 == 1 })
}

func independent() {
	var x, y atomic.Int64
	var r [4]int64
	together("independent reads of independent writes", []func(int){
		func(s int) { pass(s, 0); x.Store(1) },
		func(s int) { pass(s, 1); y.Store(1) },
		func(s int) { pass(s, 0); r[0] = x.Load(); pass(s, 1); r[1] = y.Load() },
		func(s int) { pass(s, 0); r[2] = y.Load(); pass(s, 1); r[3] = x.Load() },
	}, func() { x.Store(0); y.Store(0) }, func() bool { return r[0] == 1 && r[1] == 0 && r[2] == 1 && r[3] == 0 })
}

// values publishes through pointers and values, and excludes by a lock made of a compare and swap.
func values() {
	type pair struct{ a, b int }
	var p atomic.Pointer[pair]
	var v atomic.Value
	var stop atomic.Bool
	bad := 0
	parallel(func() {
		for i := range 500 {
			p.Store(&pair{i, -i})
			v.Store(pair{i, -i})
		}
		stop.Store(true)
	}, func() {
		for !stop.Load() {
			if q := p.Load(); q != nil && q.a != -q.b {
				bad++
			}
			if q, ok := v.Load().(pair); ok && q.a != -q.b {
				bad++
			}
		}
	})
	check("publication", bad == 0)

	var lock atomic.Uint32
	var mu sync.Mutex
	spun, locked := 0, 0
	count := func() {
		for range loops / 20 {
			for !lock.CompareAndSwap(0, 1) {
				runtime.Gosched()
			}
			spun++
			lock.Store(0)
			mu.Lock()
			locked++
			mu.Unlock()
		}
	}
	parallel(count, count)
	check("locks", spun == loops/20*2 && locked == spun)
}

func main() {
	counters()
	swaps()
	bits()
	tearing()
	message()
	buffering()
	independent()
	values()
}
