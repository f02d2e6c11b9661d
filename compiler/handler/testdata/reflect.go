package main

import (
	"reflect"
	"runtime/interrupt"
)

var hook func()

func handle(interrupt.Interrupt) {
	hook() // ERROR allocates: reflection may have made the function that is called
}

func main() {
	hook = reflect.MakeFunc(reflect.TypeOf(hook), func([]reflect.Value) []reflect.Value { return nil }).Interface().(func())
	interrupt.New(8, handle).Enable()
}
