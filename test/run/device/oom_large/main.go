// Oom_large asks for more than there is while little is in use.
package main

func main() {
	block := make([]byte, 100<<20)
	println(len(block), block[len(block)/2])
}
