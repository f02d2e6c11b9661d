//go:build mote

package time

import "syscall"

// interrupt would wake a sleeping thread with a signal (a test hook); there are no signals.
func interrupt() {}

func open(name string) (uintptr, error) {
	fd, err := syscall.Open(name, syscall.O_RDONLY, 0)
	if err != nil {
		return 0, err
	}
	return uintptr(fd), nil
}

func read(fd uintptr, buf []byte) (int, error) { return syscall.Read(int(fd), buf) }

func closefd(fd uintptr) { syscall.Close(int(fd)) }

// preadn fills buf from offset off, which counts from the end of the file when it is negative.
func preadn(fd uintptr, buf []byte, off int) error {
	whence := seekStart
	if off < 0 {
		whence = seekEnd
	}
	if _, err := syscall.Seek(int(fd), int64(off), whence); err != nil {
		return err
	}
	for len(buf) > 0 {
		n, err := syscall.Read(int(fd), buf)
		if err != nil {
			return err
		}
		if n == 0 {
			return syscall.EIO
		}
		buf = buf[n:]
	}
	return nil
}
