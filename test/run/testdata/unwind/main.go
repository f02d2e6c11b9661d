// The order of deferred calls, who may recover what, and the errors that the runtime panics with.
package main

import "runtime"

type T struct{ x, y int }

// recovered inner panic during outer one
func inner() (s string) {
	defer func() {
		s = recover().(string) + " outer"
	}()
	defer func() {
		func() {
			defer func() { println("inner recovered", recover().(string)) }()
			panic("B")
		}()
	}()
	panic("A")
}

func replaced() (s string) {
	defer func() { s = recover().(string) }()
	defer func() { panic("new") }()
	panic("old")
}

func helper() any { return recover() }

func notDirect() (s string) {
	defer func() { s = "direct " + recover().(string) }()
	defer func() { func() { println(recover() == nil) }() }()
	defer func() { println("helper", helper() == nil) }()
	panic("x")
}

type M struct{}

func (M) rec()   { println("M.rec", recover() != nil) }
func (*M) recp() { println("M.recp", recover() != nil) }

type I interface{ rec() }

func methods() {
	func() {
		defer M{}.rec()
		panic(1)
	}()
	func() {
		defer new(M).recp()
		panic(1)
	}()
	func() {
		var i I = M{}
		defer i.rec()
		panic(1)
	}()
	func() {
		f := M{}.rec
		defer f()
		panic(1)
	}()
	func() {
		var i I = &M{}
		defer i.rec()
		panic(1)
	}()
}

func loop() {
	defer func() { println("loop rec", recover() != nil) }()
	for i := 0; i < 3; i++ {
		defer println("loop", i)
	}
	var a []int
	_ = a[5]
}

func goexitPanic() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { println("after", recover() == nil) }()
		defer func() {
			defer func() { println("rec in goexit", recover().(string)) }()
			panic("during goexit")
		}()
		runtime.Goexit()
	}()
	<-done
	done = make(chan bool)
	go func() {
		defer close(done)
		defer func() { println("goexit aborted rec", recover().(string)) }()
		defer func() { panic("replace goexit") }()
		runtime.Goexit()
	}()
	<-done
}

func errs() {
	try := func(name string, f func()) {
		defer func() {
			e := recover()
			if err, ok := e.(runtime.Error); ok {
				println(name, err.Error())
			} else {
				println(name, "other")
			}
		}()
		f()
	}
	var m map[string]int
	var p *T
	var a []int
	var i any = "s"
	z := 0
	var nf func()
	var c chan int
	cc := make(chan int)
	close(cc)
	try("map", func() { m["a"] = 1 })
	try("nil", func() { println(p.y) })
	try("idx", func() { println(a[z+3]) })
	try("slice", func() { println(len(a[z+3:])) })
	try("div", func() { println(1 / z) })
	try("conv", func() { println(i.(int)) })
	try("func", func() { nf() })
	try("close nil", func() { close(c) })
	try("close closed", func() { close(cc) })
	try("send closed", func() { cc <- 1 })
	try("select closed", func() {
		select {
		case cc <- 1:
		case c <- 1:
		}
	})
	try("nil panic", func() { panic(nil) })
	try("mk", func() { _ = make([]int, z-1) })
	try("mkchan", func() { _ = make(chan int, z-1) })
}

// again recovers, panics with the same value, and is recovered by its caller.
func again() (s string) {
	defer func() { s = "again " + recover().(string) }()
	func() {
		defer func() { panic(recover()) }()
		panic("first")
	}()
	return "not reached"
}

// results are kept by a function that recovers.
func results() (a int, s string, err error) {
	defer func() { recover() }()
	a, s = 1, "set"
	panic("lost")
}

func main() {
	println(again())
	a, text, err := results()
	println(a, text, err == nil)
	println(inner())
	println(replaced())
	println(notDirect())
	methods()
	loop()
	goexitPanic()
	errs()
}
