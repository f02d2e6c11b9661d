package main

func main() {
	println(shifts(1, 2, 3), divides(1, 2, 3), divides64(1, 2), narrow(1, 2), floats(1, 2), unsigned(1, 2))
}

func shifts(x int, n uint8, s int) int {
	a := x << 3              // want: shl i32 %p0, 3$
	b := x << 40             // not: shl
	c := x >> 40             // want: ashr i32 %p0, 31$
	d := x << n              // want: icmp ult i8 %p1, 32\n.*shl.*select;; // not: panicshift
	e := x >> s              // want: icmp slt i32 %p2, 0.*panicshift.*select.*ashr
	return a + b + c + d + e // not: nsw
}

func divides(x, y, z int) int {
	a := x / 3  // want: sdiv i32 %p0, 3$;; // not: panicdivide
	b := x / y  // want: icmp eq i32 %p1, 0.*panicdivide.*icmp eq i32 %p1, -1.*sdiv.*sub i32 0, %p0.*select
	c := x % z  // want: srem;; // not: sub
	d := z / -1 // want: select
	return a + b + c + d
}

func divides64(x, y int64) int64 {
	return x / y // want: icmp eq i64 %p1, 0.*sdiv i64
}

func narrow(x, y int8) int8 {
	return x / y // want: sext i8 %p0 to i32.*sdiv i32.*trunc;; // not: select
}

func unsigned(x, y uint32) uint32 {
	return x/y + x%10 // want: udiv i32 %p0, %p1.*urem i32 %p0, 10;; // not: -1
}

func floats(x float64, y float32) int {
	a := x < float64(y) // want: fpext float %p1 to double.*fcmp olt double %p0
	if a {
		return int(x) // want: fptosi double %p0 to i32\n.*freeze
	}
	if x != 2 { // want: fcmp oeq double %p0, 0x4000000000000000.*xor
		return int(uint8(y)) // want: fptosi float %p1 to i32.*trunc
	}
	return 1
}
