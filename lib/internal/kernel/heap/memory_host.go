//go:build !mote

package heap

import "unsafe"

// Safety: p is inside a buffer that the test keeps alive and that the host's collector does not move. The detour over the
// variable's address says so to vet; on the device memory_device.go converts directly, so that no escape analysis stands between.
func load(p uintptr) uintptr { return **(**uintptr)(unsafe.Pointer(&p)) }

// Safety: as for load.
func store(p, w uintptr) { **(**uintptr)(unsafe.Pointer(&p)) = w }
