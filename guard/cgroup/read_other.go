//go:build !unix

package cgroup

import (
	"io"
	"os"
)

// readAt reads the start of f. Other systems have no control groups: only tests come here.
func readAt(f *os.File, buffer []byte) ([]byte, error) {
	n, err := f.ReadAt(buffer, 0)
	if err == io.EOF {
		err = nil
	}
	return buffer[:n], err
}
