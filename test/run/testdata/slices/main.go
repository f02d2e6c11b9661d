// Slices grown by zeros: append(s, make([]T, n)...) makes no second slice.
package main

import (
	"fmt"
	"slices"
	"testing"
)

type pair struct {
	p *int
	n uint8
}

var (
	length = 5
	kept   []int
)

func extend[T any](s []T, n int) []T { return append(s, make([]T, n)...) }

func attempt(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	one := 1
	fmt.Println(extend([]int{1, 2}, 3), extend([]pair{{&one, 2}}, 1)[1], extend([]string(nil), 0) == nil)
	dirty := []int{1, 2, 3, 4, 5, 6}
	fmt.Println(extend(dirty[:2], 3), dirty)
	attempt(func() { extend([]int{1}, length-6) })
	attempt(func() { _ = append([]byte(nil), make([]byte, uint64(length)<<40)...) })
	wide := append([]byte("x"), make([]byte, uint8(length))...)
	fmt.Println(len(wide), wide)
	again := make([]int, length)
	fmt.Println(append(again, again...), append(again[:0], make([]int, 2, length)...))
	s := make([]int, 10)
	fmt.Println(testing.AllocsPerRun(10, func() { kept = slices.Grow(s, 100) }))
	fmt.Println(testing.AllocsPerRun(10, func() { kept = slices.Concat(s, s) }), len(kept))
	fmt.Println(testing.AllocsPerRun(10, func() { kept = append(s[:5], make([]int, 3)...) }))
}
