//go:build mote

package runtime

import "unsafe"

// complex128div is n / m. Infinities and zeros come out as C99 (annex G.5.1) has them, which is what Go does.
func complex128div(n, m complex128) complex128 {
	a, b := real(n), imag(n)
	c, d := real(m), imag(m)
	re, im := smith(a, b, c, d)
	if re == re || im == im {
		return complex(re, im)
	}
	switch {
	case c == 0 && d == 0 && (a == a || b == b):
		return complex(withSign(infinity(), c)*a, withSign(infinity(), c)*b)
	case (isInf(a) || isInf(b)) && isFinite(c) && isFinite(d):
		a, b = unit(a), unit(b)
		return complex(infinity()*(a*c+b*d), infinity()*(b*c-a*d))
	case (isInf(c) || isInf(d)) && isFinite(a) && isFinite(b):
		c, d = unit(c), unit(d)
		return complex(0*(a*c+b*d), 0*(b*c-a*d))
	}
	return complex(re, im)
}

// smith divides a+bi by c+di by Smith's method (CACM algorithm 116), which does not overflow where the result does not.
func smith(a, b, c, d float64) (re, im float64) {
	if clearSign(c) >= clearSign(d) {
		ratio := d / c
		denom := c + ratio*d
		return (a + b*ratio) / denom, (b - a*ratio) / denom
	}
	ratio := c / d
	denom := d + ratio*c
	return (a*ratio + b) / denom, (b*ratio - a) / denom
}

// unit is 1 with the sign of f for an infinity and 0 with that sign for anything else.
func unit(f float64) float64 {
	if isInf(f) {
		return withSign(1, f)
	}
	return withSign(0, f)
}

const signBit = 1 << 63

// infinity is a function because no constant is infinite.
func infinity() float64 { return fromBits(0x7ff << 52) }

func isInf(f float64) bool { return clearSign(f) == infinity() }

// isFinite relies on x-x being NaN for infinities and NaNs.
func isFinite(f float64) bool { return f-f == 0 }

func withSign(f, sign float64) float64 {
	return fromBits(toBits(f)&^signBit | toBits(sign)&signBit)
}

func clearSign(f float64) float64 { return fromBits(toBits(f) &^ signBit) }

// Safety: float64 and uint64 have the same size and alignment.

func toBits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

func fromBits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }
