//go:build mote

package heap

import "unsafe"

// Safety: p is inside a region that Init was given; the regions are raw memory that no Go variable overlaps.
func load(p uintptr) uintptr { return *(*uintptr)(unsafe.Pointer(p)) }

// Safety: as for load.
func store(p, w uintptr) { *(*uintptr)(unsafe.Pointer(p)) = w }
