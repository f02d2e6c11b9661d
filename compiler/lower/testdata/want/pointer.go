package main

type pair struct {
	a, b int
	big  [100]int
}

var global pair

func main() {
	p := &global
	if len(sink) > 0 {
		p = nil
	}
	println(fields(p), index(sink, 3, 4), array(&global.big, 2), uint(slice(sink, 1, 2)))
	swap(p, p)
	println(*zeroed())
	println(closure(3)())
}

var sink []int

func fields(p *pair) int {
	x := p.a     // want: icmp eq ptr %p0, null.*!prof.*panicmem.*load i32
	y := p.b     // not: panicmem;; // want: getelementptr inbounds i8, ptr %p0, i32 4
	global.b = x // not: icmp;; // want: store i32 .*, align 4
	return y
}

func index(s []int, i int, k uint8) int {
	a := s[i] // want: icmp uge i32 %p1, .*panicIndex"
	b := s[k] // want: zext i8 %p2 to i32.*panicIndexU"
	for j := range s {
		a += s[j] // not: panicIndex
	}
	return a + b + s[0] // want: icmp uge i32 0
}

func array(a *[100]int, i int) int {
	a[5] = 1    // not: panicIndex
	return a[i] // want: icmp uge i32 %p1, 100;; // not: panicmem
}

func slice(s []int, lo, hi int) int {
	t := s[lo:hi] // want: icmp ugt i32 %p2, %v.*i8 2\).*icmp ugt i32 %p1, %p2.*i8 3\)
	u := t[:0]    // not: panicBounds
	return len(u)
}

func swap(p, q *pair) {
	*p = *q // want: llvm.memmove.*i32 408;; // not: llvm.memcpy
}

func zeroed() *int {
	x := 1 // want: mallocgc|newobject|alloca
	return &x
}

func closure(n int) func() int {
	return func() int { return n } // want: store ptr @"main.closure.func1"
}
