// Finalizers checks that objects are finalized with functions of several shapes, and cleaned up. How many are is the collector's
// business; that some are, is not.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type thing struct {
	n    int
	next *thing
}

type named interface{ name() string }

func (t *thing) name() string { return fmt.Sprint("thing ", t.n) }

var plain, large, boxed, cleaned atomic.Int32

//go:noinline
func drop(n int) {
	a, b, c, d := &thing{n: n}, &thing{n: n}, &thing{n: n}, &thing{n: n}
	runtime.SetFinalizer(a, func(*thing) { plain.Add(1) })
	runtime.SetFinalizer(b, func(*thing) (r [100]int) { large.Add(1); return })
	runtime.SetFinalizer(c, func(v named) string { boxed.Add(1); return v.name() })
	runtime.AddCleanup(d, func(n int) { cleaned.Add(int32(n)) }, 1)
}

func main() {
	for i := range 8 {
		drop(i)
	}
	for plain.Load() == 0 || large.Load() == 0 || boxed.Load() == 0 || cleaned.Load() == 0 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("finalized and cleaned up")
}
