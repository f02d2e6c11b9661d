//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// randState is the state of one generator for the whole program (xoshiro128++, public domain: 32-bit adds, shifts and xors
// only). It is never all zero. Goroutines that are preempted in a step may get the same number twice, which only
// costs quality.
//
// The seed is a constant: runs repeat, in emulation and on boards without an entropy source. reseed mixes entropy in.
var randState = [4]uint32{0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667}

// cheaprand returns 32 pseudo-random bits.
//
//go:linkname cheaprand
func cheaprand() uint32 {
	s := &randState
	sum := s[0] + s[3]
	result := (sum<<7 | sum>>25) + s[0]
	t := s[1] << 9
	s[2] ^= s[0]
	s[3] ^= s[1]
	s[1] ^= s[2]
	s[0] ^= s[3]
	s[2] ^= t
	s[3] = s[3]<<11 | s[3]>>21
	return result
}

// cheaprandn returns a number below n without a division; the bias is below n/2^32.
//
//go:linkname cheaprandn
func cheaprandn(n uint32) uint32 { return uint32(uint64(cheaprand()) * uint64(n) >> 32) }

// rand returns 64 pseudo-random bits. Many packages of std have it by linkname.
//
//go:linkname rand
func rand() uint64 { return uint64(cheaprand())<<32 | uint64(cheaprand()) }

// randn is cheaprandn for package sync.
//
//go:linkname randn
func randn(n uint32) uint32 { return cheaprandn(n) }

// reseed mixes 32 bits of entropy into the generator.
func reseed(bits uint32) {
	randState[0] ^= bits
	if randState == ([4]uint32{}) {
		randState[0] = 1
	}
	cheaprand()
}

// entropy fills b for crypto/internal/sysrand.
//
// A board with a true random number generator must replace this: what it gives now is the generator above, which an
// attacker can predict.
//
//go:linkname entropy
func entropy(b []byte) {
	for i := range b {
		b[i] = byte(cheaprand() >> 24)
	}
}
