//go:build mote

package runtime

import "unsafe"

// name is where the name of a goroutine is that the program has given one (taskNamed): behind its control block, at the top of its stack.
//
// Safety: whoever sets the flag has left room for it.
func (gp *g) name() *string { return (*string)(unsafe.Add(unsafe.Pointer(gp), unsafe.Sizeof(g{}))) }
