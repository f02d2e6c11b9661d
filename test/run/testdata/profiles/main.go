// Profiles reads the profiles of memory and goroutines, by package runtime and by runtime/pprof.
package main

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
)

var kept [50]*[40]int

//go:noinline
func allocate(n int) {
	for i := range n {
		kept[i%len(kept)] = new([40]int)
	}
}

//go:noinline
func outer(n int) { allocate(n) }

// names lists the functions of a stack.
func names(stack []uintptr) (list []string) {
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		list = append(list, f.Function)
		if !more {
			return list
		}
	}
}

func memory() {
	outer(200)
	runtime.GC()
	runtime.GC()
	records := make([]runtime.MemProfileRecord, 500)
	n, ok := runtime.MemProfile(records, true)
	if !ok {
		fmt.Println(n, "records")
		return
	}
	for _, r := range records[:n] {
		calls := strings.Join(names(r.Stack()), " ")
		if strings.Contains(calls, "main.allocate main.outer main.memory main.main") {
			fmt.Println(r.AllocObjects, r.InUseObjects(), r.AllocBytes >= 200*160, r.InUseBytes() == r.AllocBytes/4)
		}
	}
	few, ok := runtime.MemProfile(nil, true)
	fmt.Println(few > 0, ok)
}

//go:noinline
func wait(c chan int) { <-c }

func goroutines() {
	c := make(chan int)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { wait(c) })
	}
	records := make([]runtime.StackRecord, 10)
	for waiting := 0; waiting < 3; { // they must get there first
		runtime.Gosched()
		n, ok := runtime.GoroutineProfile(records)
		if !ok {
			fmt.Println(n, "goroutines")
			return
		}
		waiting = 0
		for _, r := range records[:n] {
			if strings.Contains(strings.Join(names(r.Stack()), " "), "main.wait main.goroutines.func") {
				waiting++
			}
		}
	}
	n, ok := runtime.GoroutineProfile(nil)
	fmt.Println(n, ok)
	var text bytes.Buffer
	p := pprof.Lookup("goroutine")
	together := false
	for tries := 0; !together && tries < 1000; tries++ { // one that lost the processor before it waits has a stack of its own
		runtime.Gosched()
		text.Reset()
		p.WriteTo(&text, 1)
		together = strings.Contains(text.String(), "goroutine profile: total 4\n3 @ ")
	}
	fmt.Println(p.Count(), together, strings.Contains(text.String(), "main.wait"))
	text.Reset()
	p.WriteTo(&text, 0)
	fmt.Println(text.Len() > 100, bytes.HasPrefix(text.Bytes(), []byte{0x1f, 0x8b}))
	close(c)
	wg.Wait()
}

func named() {
	for _, name := range []string{"heap", "allocs"} {
		var text bytes.Buffer
		p := pprof.Lookup(name)
		err := p.WriteTo(&text, 1)
		fmt.Println(name, err, p.Count() > 0, strings.HasPrefix(text.String(), "heap profile: "), strings.Contains(text.String(), "main.allocate"))
		text.Reset()
		fmt.Println(p.WriteTo(&text, 0), text.Len() > 100)
	}
	for _, name := range []string{"block", "mutex"} {
		fmt.Println(name, pprof.Lookup(name).Count())
	}
	fmt.Println(pprof.Lookup("threadcreate").Count() > 0, pprof.Lookup("none") == nil)
	own := pprof.NewProfile("own")
	own.Add(&kept, 0)
	fmt.Println(own.Count(), len(pprof.Profiles()) >= 7)
}

func main() {
	runtime.MemProfileRate = 1
	memory()
	goroutines()
	named()
}
