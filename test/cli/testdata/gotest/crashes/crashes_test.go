package crashes

import (
	"fmt"
	"testing"
	"unsafe"
)

// unmapped is an address where a Cortex-M3 has nothing.
var unmapped uintptr = 0xF0000000

func TestBefore(t *testing.T) {}

func TestFaults(t *testing.T) {
	t.Run("sub", func(t *testing.T) { *(*uint32)(unsafe.Pointer(unmapped)) = 1 })
}

func TestBetween(t *testing.T) { t.Log("between") }

func TestPanics(t *testing.T) {
	defer t.Log("deferred")
	panic("on purpose")
}

func TestHangs(t *testing.T) { select {} }

func TestSpins(t *testing.T) {
	for {
	}
}

func deeper(n int) int {
	var a [64]int
	a[n%64] = n
	return deeper(n+1) + a[(n+1)%64]
}

func TestOverflows(t *testing.T) { deeper(0) }

func TestExhausts(t *testing.T) {
	for all := [][]byte(nil); ; {
		all = append(all, make([]byte, 1<<20))
	}
}

func TestGoroutinePanics(t *testing.T) {
	done := make(chan int)
	go func() { panic("in a goroutine") }()
	<-done
}

func TestFails(t *testing.T) { t.Error("after all that") }

func Example() {
	fmt.Println("still here")
	// Output: still here
}
