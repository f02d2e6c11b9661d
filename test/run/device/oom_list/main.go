// Oom_list fills the heap with a list, in a goroutine whose stack is no larger than it needs.
package main

type node struct {
	next *node
	data [25]int
}

var list *node

func main() {
	done := make(chan bool)
	go func() {
		for {
			list = &node{next: list}
		}
	}()
	<-done
}
