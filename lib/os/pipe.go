//go:build mote

package os

import "syscall"

// Pipe returns two connected files: what is written to w can be read from r. It lies in the device's memory and serves
// goroutines, for example to capture what a program prints by os.Stdout = w. A write waits only when some kilobytes are unread.
func Pipe() (r, w *File, err error) {
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		return nil, nil, NewSyscallError("pipe", err)
	}
	return &File{fd: fds[0], name: "|0"}, &File{fd: fds[1], name: "|1"}, nil
}
