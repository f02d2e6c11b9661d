// Functions that the compiler replaces by instructions, used as values, deferred and started.
package main

import (
	"fmt"
	"math"
	"math/bits"
	"sync/atomic"
	"unsafe"
)

var (
	cas   = atomic.CompareAndSwapUint64
	add   = atomic.AddInt32
	swap  = atomic.SwapUint32
	and   = atomic.AndUint32
	point = atomic.LoadPointer
	loads = []func(*uint32) uint32{atomic.LoadUint32}
	count = map[string]func(uint32) int{"leading": bits.LeadingZeros32, "ones": bits.OnesCount32}
	abs   = math.Abs
)

func apply[T any](f func(*T, T) T, p *T, v T) T { return f(p, v) }

func main() {
	var wide uint64
	fmt.Println(cas(&wide, 0, 1<<40), cas(&wide, 0, 2), wide)
	var n int32
	fmt.Println(add(&n, 5), apply(atomic.AddInt32, &n, 2), n)
	x := uint32(7)
	fmt.Println(swap(&x, 9), loads[0](&x), and(&x, 8), x)
	p := unsafe.Pointer(&x)
	fmt.Println(point(&p) == p, count["leading"](1), count["ones"](255), abs(-2.5))
	done := make(chan bool)
	go func() {
		defer close(done)
		defer atomic.AddInt32(&n, 1)
	}()
	<-done
	fmt.Println(n)
}
