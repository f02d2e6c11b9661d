//go:build mote

package chacha8rand

import _ "unsafe" // for go:linkname

// block_noos is what other ports write in assembly: the portable code.
//
// Safety: block has no body and this signature.
//
//go:linkname block_noos internal/chacha8rand.block
func block_noos(seed *[4]uint64, blocks *[32]uint64, counter uint32) {
	block_generic(seed, blocks, counter)
}
