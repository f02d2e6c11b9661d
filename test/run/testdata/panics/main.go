// Panics covers run-time errors, their texts, and the order of defer, panic, recover and Goexit.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
)

//go:noinline
func id[T any](v T) T { return v }

func try(name string, f func()) {
	defer func() {
		r := recover()
		err, isErr := r.(runtime.Error)
		fmt.Printf("%s: %v %v\n", name, r, isErr)
		if isErr {
			_ = err.Error()
		}
	}()
	f()
}

type node struct {
	pad  [100]int
	next *node
}
type stringer interface{ String() string }
type myErr struct{ code int }

func (e myErr) Error() string { return fmt.Sprint("code ", e.code) }

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			n *= 2
		}
	}()
	n = 21
	panic("oops")
}

func nested() {
	defer func() { fmt.Println("outer", recover()) }()
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		panic("second")
	}()
	panic("first")
}

func order() {
	for i := range 3 {
		defer fmt.Println("deferred", i)
	}
	func() {
		defer fmt.Println("inner done")
	}()
	fmt.Println("body")
}

func loop(n int) (s string) {
	for i := range n {
		func() {
			defer func() {
				if r := recover(); r != nil {
					s += fmt.Sprint(r, ";")
				}
			}()
			if i%2 == 0 {
				panic(i)
			}
		}()
	}
	return
}

func main() {
	var s []int
	var a [5]int
	var m map[string]int
	var p *node
	var e any
	var str stringer
	var fn func()
	var zero int
	try("index", func() { _ = s[id(5)] })
	try("array", func() { _ = a[id(5)] })
	try("negative", func() { _ = a[id(-1)] })
	try("string", func() { _ = "abc"[id(3)] })
	try("slice", func() { _ = a[id(3):id(2)] })
	try("slicecap", func() { _ = s[:id(1)] })
	try("slicelen", func() { _ = "abc"[:id(4)] })
	try("slice3", func() { _ = a[:2:id(9)] })
	try("nilmap", func() { m["a"] = 1 })
	try("nil", func() { p.next = nil })
	try("nilread", func() { _ = *id(p) })
	try("divide", func() { _ = 1 / zero })
	try("modulo", func() { _ = int64(1) % int64(zero) })
	try("assert", func() { _ = e.(int) })
	e = "text"
	try("assert2", func() { _ = e.(int) })
	try("assert3", func() { _ = e.(stringer) })
	try("nilcall", func() { fn() })
	try("nilmethod", func() { _ = str.String() })
	try("shift", func() { _ = 1 << id(-1) })
	try("makeslice", func() { _ = make([]int, id(-1)) })
	try("makechan", func() { _ = make(chan int, id(-1)) })
	try("closeclosed", func() { c := make(chan int); close(c); close(c) })
	try("sendclosed", func() { c := make(chan int); close(c); c <- 1 })
	try("closenil", func() { var c chan int; close(c) })
	try("toarray", func() { _ = [3]int(make([]int, id(2))) })
	try("compare", func() { var x, y any = []int{1}, []int{1}; fmt.Println(x == y) })
	try("custom", func() { panic(myErr{7}) })
	try("nilpanic", func() { panic(nil) })
	fmt.Println(named())
	nested()
	order()
	fmt.Println(loop(6))
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer fmt.Println("goexit", recover())
		runtime.Goexit()
		fmt.Println("never")
	}()
	wg.Wait()
	err := fmt.Errorf("wrap: %w", myErr{3})
	var me myErr
	fmt.Println(errors.As(err, &me), me.code, errors.Unwrap(err) == myErr{3})
}
