//go:build mote

package syscall

import "unsafe"

// Operations of Arm's semihosting specification (RISC-V uses the same numbers).
const (
	sysOpen   = 0x01
	sysClose  = 0x02
	sysWrite  = 0x05
	sysRead   = 0x06
	sysIsTTY  = 0x09
	sysSeek   = 0x0a
	sysFlen   = 0x0c
	sysRemove = 0x0e
	sysRename = 0x0f
	sysErrno  = 0x13
)

// semihost does a semihosting operation; arg points to its parameter block. Without a host it returns -1.
//
// Safety: the runtime defines it with this signature. Parameter blocks hold addresses of objects that live until the
// call returns; the host keeps none.
//
//go:linkname semihost runtime.semihost
func semihost(op uintptr, arg unsafe.Pointer) uintptr

// failed is the result of an operation that went wrong.
const failed = ^uintptr(0)

// hostErrno is the host's error number of the last operation. A host that does not tell gets EIO, and the absence of a host
// shows as ENOSYS.
func hostErrno() error {
	switch e := semihost(sysErrno, nil); e {
	case 0:
		return EIO
	case failed:
		return ENOSYS
	default:
		return Errno(e)
	}
}

// address is the address of the bytes of s, for a parameter block.
func address(s string) uintptr { return uintptr(unsafe.Pointer(unsafe.StringData(s))) }
