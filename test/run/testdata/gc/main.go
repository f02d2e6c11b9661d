// Gc allocates far more than the heap holds while keeping a live structure, and checks it.
package main

import "fmt"

type node struct {
	left, right *node
	value       int
	data        []byte
}

func build(depth, v int) *node {
	if depth == 0 {
		return &node{value: v, data: []byte{byte(v)}}
	}
	return &node{build(depth-1, 2*v), build(depth-1, 2*v+1), v, nil}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	s := n.value + n.left.sum() + n.right.sum()
	for _, b := range n.data {
		s += int(b)
	}
	return s
}

func main() {
	long := build(5, 1)
	want := long.sum()
	total := 0
	for i := range 400 {
		total += build(5, i%7).sum()
		if i%100 == 0 && long.sum() != want {
			fmt.Println("damaged at", i)
		}
	}
	var ring [16][]int
	for i := range 3000 {
		ring[i%16] = append(make([]int, i%50), i)
	}
	fmt.Println(long.sum() == want, total, len(ring[15]), ring[3][len(ring[3])-1])
	s := ""
	for i := range 300 {
		s += string(rune('a' + i%26))
		if len(s) > 60 {
			s = s[30:]
		}
	}
	fmt.Println(s)
}
