//go:build mote

package runtime

import "unsafe"

// Operations of Arm's semihosting interface, which RISC-V shares. Under emulation they reach the host's console, clock and files.
const (
	semihostOpen     = 0x01
	semihostClose    = 0x02
	semihostWrite    = 0x05
	semihostRead     = 0x06
	semihostTime     = 0x11
	semihostCmdline  = 0x15
	semihostExitCode = 0x20 // SYS_EXIT_EXTENDED

	stoppedByExit = 0x20026 // ADP_Stopped_ApplicationExit
)

// semihost asks the host for operation op with the block that arg points to. Package syscall calls it by linkname.
//
// Safety: in asm/*_semihost.S; the host reads and writes only what the block describes.
//
//mote:asm
func semihost(op uintptr, arg unsafe.Pointer) uintptr
