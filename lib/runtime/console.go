//go:build mote

package runtime

import "unsafe"

// consoleName opens the emulator's console; the mode says which end: "r" stdin, "w" stdout, "a" stderr.
const consoleName = ":tt\x00"

// consoleModes are the modes of SYS_OPEN for file descriptors 0 to 2.
const consoleModes = 0<<0 | 4<<8 | 8<<16

// console holds the host's handles of file descriptors 0 to 2, plus one; 0 is not opened yet.
var console [3]uintptr

// consoleHandle returns the host's handle of a standard file descriptor, opening it at first use.
// Package syscall calls it by linkname for Stdin, Stdout and Stderr.
//
// Safety: the block {name, mode, length of name} is what SYS_OPEN expects; fd is at most 2, and a checked index would link
// the panic machinery into every program that prints.
func consoleHandle(fd uintptr) uintptr {
	handle := (*uintptr)(unsafe.Add(unsafe.Pointer(&console), fd*unsafe.Sizeof(console[0])))
	if *handle == 0 {
		name := consoleName
		block := [3]uintptr{
			uintptr(unsafe.Pointer(unsafe.StringData(name))),
			consoleModes >> (fd * 8) & 0xff,
			uintptr(len(consoleName) - 1),
		}
		*handle = semihost(semihostOpen, noescape(unsafe.Pointer(&block))) + 1
	}
	return *handle - 1
}

// write writes n bytes at p to the console: fd 1 is standard output, everything else standard error.
// It returns how many were written. ISR-safe, never allocates. internal/godebug calls it by linkname.
//
// Safety: the block {handle, address, length} is what SYS_WRITE expects; it returns the number of bytes not written.
func write(fd uintptr, p unsafe.Pointer, n int32) int32 {
	if fd != 1 {
		fd = 2
	}
	block := [3]uintptr{consoleHandle(fd), uintptr(p), uintptr(n)}
	return n - int32(semihost(semihostWrite, noescape(unsafe.Pointer(&block))))
}

// exit ends the program with this status. Without a host there is nobody to tell, so it stays here.
//
// Safety: the block {reason, status} is what SYS_EXIT_EXTENDED expects.
func exit(code int) {
	checkstacks()
	block := [2]uintptr{stoppedByExit, uintptr(code)}
	for {
		semihost(semihostExitCode, noescape(unsafe.Pointer(&block)))
	}
}

// commandLine is what the host passed as the program's command line, without the final zero byte; not ok if buf is too short for it,
// or there is no host.
//
// Safety: the block {buffer, size} is what SYS_GET_CMDLINE expects; the host stores the length in its second word.
func commandLine(buf []byte) (line string, ok bool) {
	block := [2]uintptr{uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf))}
	if semihost(semihostCmdline, noescape(unsafe.Pointer(&block))) != 0 {
		return "", false
	}
	return unsafe.String(unsafe.SliceData(buf), int(block[1])), true
}
