// Oom_goroutines starts goroutines that never end. How deep they get is not known: their stacks have the default size.
package main

func wait(depth int, stop chan bool) {
	if depth > 0 {
		wait(depth-1, stop)
	}
	<-stop
}

func main() {
	stop := make(chan bool)
	for depth := 0; ; depth = (depth + 1) % 4 {
		go wait(depth, stop)
	}
}
