//go:build mote

// Package constanttime has comparisons and a selection whose time does not depend on their operands.
//
// Std's package leaves them to instructions that gc emits; here they are integer arithmetic without a condition that a
// compiler could turn into a branch.
package constanttime

// nonZero is 1 if x is not 0, else 0: x or -x has the top bit then.
func nonZero(x uint32) uint32 { return (x | -x) >> 31 }

// Select returns y if v is 0, else x.
func Select(v, x, y int) int {
	mask := -int(nonZero(uint32(v)))
	return mask&x | ^mask&y
}

// ByteEq returns 1 if x == y, else 0.
func ByteEq(x, y uint8) int { return int(1 ^ nonZero(uint32(x^y))) }

// Eq returns 1 if x == y, else 0.
func Eq(x, y int32) int { return int(1 ^ nonZero(uint32(x^y))) }

// LessOrEq returns 1 if x <= y, else 0. Neither may be negative.
func LessOrEq(x, y int) int { return int(1 ^ uint32(y-x)>>31) }
