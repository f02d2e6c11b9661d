//go:build mote

package binary

// nativeEndian is the byte order of the processor; every target is little-endian.
type nativeEndian struct {
	littleEndian
}

// NativeEndian is the byte order of the processor.
var NativeEndian nativeEndian
