package main

type small struct {
	a int8
	b string
	c bool
}

type large struct {
	x [4]int
	s string
}

func main() {
	l := makeLarge(3)
	println(useSmall(small{1, "x", true}).b, useLarge(l), l == makeLarge(4), same(small{}, small{}), join("a", "b", "c"))
	println(phis(5, l, makeLarge(2)), isEmpty(""), convert(65, []byte("x")))
	a, b := both(1)
	println(a, b.s)
	unread = a // want: store i32 .*main.unread.*call void asm sideeffect "", "r,~\{memory\}"
	global = a // not: asm
	println(global)
}

var unread, global int

func useSmall(s small) small {
	s.c = !s.c // want: xor i1
	return s   // want: ret \{i8, \{ptr, i32\}, i1\}
}

func makeLarge(n int) large {
	var l large
	l.x[1] = n
	return l // want: llvm.memcpy.*ptr align 4 %p1, .*i32 24.*ret void
}

func useLarge(l large) int {
	return l.x[1] // want: load i32
}

func both(n int) (int, large) {
	return n, large{s: "q"} // want: llvm.memcpy.*ptr align 4 %p1.*ret i32 %p0
}

func same(a, b small) bool {
	return a == b // want: icmp eq i8.*runtime.memequal.*icmp eq i1
}

func isEmpty(s string) bool {
	return s == "" // not: memequal
}

func join(a, b, c string) string {
	return a + b + "-" + c // want: runtime.concatstrings.*\{ptr, i32, i32\};; // not: concatstrings.*concatstrings
}

func phis(n int, a, b large) int {
	for range n {
		a, b = b, a
	}
	return a.x[1] - b.x[1] // want: sub i32
}

func convert(r rune, b []byte) string {
	return string(r) + string(b) // want: sext i32 %p0 to i64.*intstring.*slicebytetostring
}
