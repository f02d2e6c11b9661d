//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// indices has the numbers 0 to 255 for reflect, which makes index slices of them instead of allocating.
//
// Safety: lib/builtins/data defines it, in flash.
//
//mote:symbol mote_indices
var indices [256]uint64

// getStaticuint64s gives reflect the table.
//
// Safety: reflect has it by linkname with this signature and only reads.
//
//go:linkname getStaticuint64s
func getStaticuint64s() *[256]uint64 { return &indices }
