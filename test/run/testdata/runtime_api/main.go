// Runtime_api covers what a program asks of package runtime and its neighbours: goroutines, finalizers, cleanups, weak pointers, unique
// values. Calls and stacks are in callers.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
	"unique"
	"weak"
)

// object is too large to share its block with others.
type object struct {
	name string
	next *object
	_    [4]int
}

// eventually collects until f is true.
func eventually(what string, f func() bool) {
	for range 200 {
		runtime.GC()
		if f() {
			fmt.Println(what)
			return
		}
		time.Sleep(time.Millisecond)
	}
	fmt.Println("never:", what)
}

// elsewhere calls f in a goroutine of its own: nothing of what it did stays on this stack.
func elsewhere(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
	wg.Wait()
}

func goroutines() {
	fmt.Println(runtime.NumGoroutine())
	stop, done := make(chan bool), make(chan bool)
	for range 3 {
		go func() { <-stop; done <- true }()
	}
	runtime.Gosched()
	fmt.Println(runtime.NumGoroutine())
	close(stop)
	for range 3 {
		<-done
	}
	for runtime.NumGoroutine() != 1 {
		runtime.Gosched()
	}
	go func() {
		defer close(done)
		defer fmt.Println("deferred", recover())
		defer func() { fmt.Println(recover()) }()
		runtime.Goexit()
	}()
	<-done
	runtime.LockOSThread()
	runtime.UnlockOSThread()
	buf := make([]byte, 20)
	fmt.Printf("%q\n", buf[:runtime.Stack(buf, false)])
	fmt.Println(runtime.NumCgoCall(), runtime.GOMAXPROCS(0) >= 1, runtime.NumCPU() >= 1, runtime.Compiler != "", runtime.GOOS != "")
}

// revived is what finalizers bring back.
var revived = make(chan *object, 4)

func finalizers() {
	// Order: a chain is finalized from the outside in, and what a finalizer's object points to is whole.
	elsewhere(func() {
		inner := &object{name: "inner"}
		outer := &object{name: "outer", next: inner}
		runtime.SetFinalizer(inner, func(o *object) { revived <- o })
		runtime.SetFinalizer(outer, func(o *object) { revived <- &object{name: o.name + " to " + o.next.name} })
	})
	eventually("outer first", func() bool { return len(revived) > 0 })
	fmt.Println((<-revived).name)
	eventually("then inner", func() bool { return len(revived) > 0 })

	// Resurrection: the object is whole again, and its finalizer is gone until it is set anew.
	elsewhere(func() {
		o := <-revived
		fmt.Println(o.name)
		runtime.SetFinalizer(o, func(o *object) { revived <- &object{name: "second " + o.name} })
	})
	eventually("finalized twice", func() bool { return len(revived) > 0 })
	fmt.Println((<-revived).name)

	// A finalizer that was taken away does not run.
	elsewhere(func() {
		o := &object{name: "kept"}
		runtime.SetFinalizer(o, func(o *object) { revived <- o })
		runtime.SetFinalizer(o, nil)
		runtime.SetFinalizer(&object{name: "sentinel"}, func(o *object) { revived <- o })
	})
	eventually("sentinel", func() bool { return len(revived) > 0 })
	runtime.GC()
	fmt.Println((<-revived).name, len(revived))
}

func cleanups() {
	ran := make(chan string, 4)
	var wp weak.Pointer[object]
	elsewhere(func() {
		o := &object{name: "cleaned"}
		wp = weak.Make(o)
		runtime.AddCleanup(o, func(s string) { ran <- s }, "one")
		runtime.AddCleanup(o, func(n int) { ran <- fmt.Sprint("two ", n) }, 2)
		stopped := runtime.AddCleanup(o, func(s string) { ran <- s }, "stopped")
		stopped.Stop()
		runtime.KeepAlive(o)
	})
	eventually("both cleanups", func() bool { return len(ran) >= 2 })
	a, b := <-ran, <-ran
	fmt.Println(min(a, b), max(a, b), len(ran), wp.Value() == nil)
}

// kept holds an object for weakPointers.
var kept *object

func weakPointers() {
	var gone weak.Pointer[object]
	fmt.Println(gone.Value() == nil, gone == weak.Make[object](nil))
	elsewhere(func() {
		gone = weak.Make(&object{name: "gone"})
		kept = &object{name: "kept"}
	})
	p, q := weak.Make(kept), weak.Make(kept)
	name := weak.Make(&kept.name) // points into the object
	fmt.Println(p == q, p.Value() == kept, *name.Value())
	eventually("weak pointer is nil", func() bool { return gone.Value() == nil })
	fmt.Println(p.Value().name, *name.Value())
	elsewhere(func() { kept = nil })
	eventually("both weak pointers are nil", func() bool { return p.Value() == nil && name.Value() == nil })
	fmt.Println(p == q, p == gone)

	// An object that a finalizer brings back has lost its weak pointers already.
	var w weak.Pointer[object]
	elsewhere(func() {
		o := &object{name: "back"}
		w = weak.Make(o)
		runtime.SetFinalizer(o, func(o *object) { revived <- o })
	})
	eventually("back", func() bool { return len(revived) > 0 })
	fmt.Println((<-revived).name, w.Value() == nil)
}

func uniques() {
	type key struct {
		a string
		b int
	}
	x, y := unique.Make(key{"k", 1}), unique.Make(key{string([]byte{'k'}), 1})
	fmt.Println(x == y, x == unique.Make(key{"k", 2}), x.Value() == y.Value(), x.Value())
	s := unique.Make("text")
	for range 3 {
		runtime.GC()
	}
	t := unique.Make(string([]byte("text")))
	fmt.Println(s == t, t.Value(), unique.Make(any(1)) == unique.Make(any(1)), unique.Make(any(1)) == unique.Make(any("1")))
	made := 0
	for i := range 300 { // those that nobody holds go
		if unique.Make(fmt.Sprint("value ", i)).Value() == fmt.Sprint("value ", i) {
			made++
		}
	}
	fmt.Println(made, x == unique.Make(key{"k", 1}))
}

func settings() {
	fmt.Println(debug.SetGCPercent(50), debug.SetGCPercent(-1), debug.SetGCPercent(100))
	fmt.Println(debug.SetMemoryLimit(-1), debug.SetMemoryLimit(1<<30), debug.SetMemoryLimit(1<<63-1))
	debug.FreeOSMemory()
}

func main() {
	goroutines()
	finalizers()
	cleanups()
	weakPointers()
	uniques()
	settings()
}
