// Arith covers integer, shift, division and float arithmetic with values the compiler cannot know.
package main

import "fmt"

//go:noinline
func id[T any](v T) T { return v }

func ints() {
	for _, a := range []int32{0, 1, -1, 7, -7, 1 << 30, -1 << 31, 1<<31 - 1} {
		for _, b := range []int32{1, -1, 3, -3, 1 << 16, -1 << 31} {
			fmt.Println(a+b, a-b, a*b, a/b, a%b, a&b, a|b, a^b, a&^b)
		}
	}
	for _, a := range []int64{0, -1, 1 << 40, -1 << 63, 1<<63 - 1, 123456789012345} {
		for _, b := range []int64{1, -1, 10, -1000000007, 1 << 33} {
			fmt.Println(a*b, a/b, a%b, uint64(a)/uint64(b), uint64(a)%uint64(b))
		}
	}
}

func shifts() {
	for _, n := range []uint{0, 1, 7, 8, 31, 32, 33, 63, 64, 200} {
		fmt.Println(id(int8(-100))<<n, id(int8(-100))>>n, id(uint8(200))<<n, id(uint8(200))>>n,
			id(int32(-123456789))<<n, id(int32(-123456789))>>n, id(uint32(0xdeadbeef))>>n,
			id(int64(-1234567890123456789))<<n, id(int64(-1234567890123456789))>>n, id(uint64(1<<63+5))>>n)
	}
}

func floats() {
	vals := []float64{0, 1, -1, 0.1, 1e300, -1e-300, 3.5, 123456789.125, 5e-324}
	for _, a := range vals {
		for _, b := range vals {
			fmt.Println(a+b, a-b, a*b, a/b, a < b, a == b)
		}
		fmt.Println(float32(a), int32(id(float32(a/1e292))), -a)
	}
	zero := id(0.0)
	fmt.Println(1/zero, -1/zero, zero/zero, zero == -zero, zero/zero == zero/zero)
	for _, f := range []float64{2.5, -2.5, 1e9, -1e9, 4294967295, 1e18, -1e18} {
		fmt.Println(int64(f), uint32(int64(f)), float32(f))
	}
	for _, u := range []uint64{0, 1, 1 << 53, 1<<53 + 1, 1<<63 + 1025, 1<<64 - 1} {
		fmt.Println(float64(u), float32(u), float64(int64(u)))
	}
}

func complexes() {
	a, b := id(complex(1, 2)), id(complex(-3, 0.5))
	fmt.Println(a+b, a-b, a*b, a/b, a == b, real(a), imag(b), -a)
	c := complex64(a) * complex64(b)
	fmt.Println(c, c != complex64(a))
}

func main() {
	ints()
	shifts()
	floats()
	complexes()
	var u8 uint8 = 250
	u8 += 10
	var i16 int16 = 32767
	i16++
	fmt.Println(u8, i16, ^id(0), -id(int64(-5)), min(id(3), 2, 5), max(id(2.5), 1), min(id("b"), "a"))
}
