// Program reflectcall calls and makes functions through reflect.
package main

import (
	"fmt"
	"reflect"
)

type T struct{ a, b int }

func (t T) Sum(x int, s string) (int, string, [3]int) { return t.a + t.b + x, s + "!", [3]int{1, 2, x} }
func (t *T) Inc(big [20]int)                          { t.a += big[0] }

func main() {
	v := reflect.ValueOf(T{1, 2})
	out := v.MethodByName("Sum").Call([]reflect.Value{reflect.ValueOf(3), reflect.ValueOf("x")})
	fmt.Println(out[0].Int(), out[1], out[2])
	f := reflect.MakeFunc(reflect.TypeOf(func(int, float64) string { return "" }), func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(fmt.Sprint(args[0].Int(), args[1].Float()))}
	})
	fmt.Println(f.Interface().(func(int, float64) string)(4, 2.5))
	m := v.Method(0).Interface().(func(int, string) (int, string, [3]int))
	fmt.Println(m(1, "q"))
	t := reflect.TypeOf(T{})
	fmt.Println(t.Method(0).Func.Call([]reflect.Value{v, reflect.ValueOf(7), reflect.ValueOf("z")})[0])
}
