// What a //go:uintptrescapes function gets as numbers is alive until it has returned, whether it is called, put off or started, and not longer.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

const alive = 0x600d

// object makes an object that nobody knows but by the address, and which changes when it dies.
func object() unsafe.Pointer {
	p := &[8]uint32{alive}
	runtime.SetFinalizer(p, func(p *[8]uint32) { p[0] = 0 })
	return unsafe.Pointer(p)
}

var done = make(chan bool, 1)

//go:noinline
//go:uintptrescapes
func look(how string, p uintptr, rest ...uintptr) int {
	runtime.GC()
	runtime.GC()
	for _, addr := range append(rest, p) {
		if (*[8]uint32)(unsafe.Pointer(addr))[0] != alive {
			how += ": died"
		}
	}
	fmt.Println(how)
	done <- true
	return 0
}

type looker struct{}

//go:noinline
//go:uintptrescapes
func (looker) look(how string, p uintptr, rest ...uintptr) { look(how, p, rest...) }

//go:noinline
func returned() int { return look("returned", uintptr(object()), uintptr(object()), uintptr(object())) }

var died = make(chan bool)

//go:noinline
//go:uintptrescapes
func before(p uintptr) int {
	runtime.GC()
	select {
	case <-died:
		fmt.Println("died too early")
	default:
	}
	return 0
}

func after() int {
	runtime.GC()
	runtime.GC()
	<-died
	return 0
}

func mortal() unsafe.Pointer {
	p := &[8]uint32{}
	runtime.SetFinalizer(p, func(*[8]uint32) { close(died) })
	return unsafe.Pointer(p)
}

func main() {
	look("called", uintptr(object()), uintptr(object()), uintptr(object()))
	<-done
	looker{}.look("method", uintptr(object()), uintptr(object()))
	<-done
	go look("started", uintptr(object()), uintptr(object()), uintptr(object()))
	<-done
	go looker{}.look("method started", uintptr(object()), uintptr(object()))
	<-done
	func() {
		defer look("deferred", uintptr(object()), uintptr(object()), uintptr(object()))
	}()
	<-done
	for range 2 {
		func() {
			for range 1 {
				defer looker{}.look("deferred in a loop", uintptr(object()), uintptr(object()))
			}
		}()
		<-done
	}
	returned()
	<-done
	_ = before(uintptr(mortal())) + after()
	fmt.Println("died")
}
