//go:build unix

package cgroup

import (
	"fmt"
	"os"
	"syscall"
)

// readAt reads the start of f with one pread. os.File.ReadAt would ask a second time for the end of the file, for which the kernel makes up
// the whole content once more.
func readAt(f *os.File, buffer []byte) ([]byte, error) {
	for {
		n, err := syscall.Pread(int(f.Fd()), buffer, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name(), err)
		}
		return buffer[:n], nil
	}
}
