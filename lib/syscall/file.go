//go:build mote

package syscall

import "unsafe"

// File descriptors of the console.
const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

// firstFile is added to a semihosting handle to make a file descriptor.
const firstFile = 3

// Flags of Open, with Linux's numbers.
const (
	O_RDONLY   = 0x0
	O_WRONLY   = 0x1
	O_RDWR     = 0x2
	O_CREAT    = 0x40
	O_EXCL     = 0x80
	O_TRUNC    = 0x200
	O_APPEND   = 0x400
	O_NONBLOCK = 0x800
	O_SYNC     = 0x101000
	O_CLOEXEC  = 0x80000
)

// Modes of semihosting's open: those of C's fopen by number, binary.
const (
	modeRead         = 1  // "rb"
	modeUpdate       = 3  // "r+b"
	modeWrite        = 5  // "wb"
	modeCreateUpdate = 7  // "w+b"
	modeAppend       = 11 // "a+b"
)

// Open opens a file of the host. perm is ignored: the host decides.
func Open(path string, flag int, perm uint32) (fd int, err error) {
	if path == "" {
		return -1, ENOENT
	}
	if flag&O_CREAT == 0 {
		return openExisting(path, flag)
	}
	if flag&O_EXCL != 0 {
		if exists(path) {
			return -1, EEXIST
		}
		return openMode(path, modeCreateUpdate)
	}
	switch {
	case flag&O_APPEND != 0:
		return openMode(path, modeAppend)
	case flag&O_TRUNC != 0:
		return openMode(path, modeCreateUpdate)
	}
	fd, err = openMode(path, modeUpdate)
	if err == ENOENT {
		return openMode(path, modeCreateUpdate)
	}
	return fd, err
}

func openExisting(path string, flag int) (fd int, err error) {
	if flag&(O_WRONLY|O_RDWR) == 0 {
		return openMode(path, modeRead)
	}
	if flag&(O_TRUNC|O_APPEND) == 0 {
		return openMode(path, modeUpdate)
	}
	if !exists(path) {
		return -1, ENOENT
	}
	if flag&O_TRUNC != 0 {
		return openMode(path, modeCreateUpdate)
	}
	return openMode(path, modeAppend)
}

func exists(path string) bool {
	fd, err := openMode(path, modeRead)
	if err != nil {
		return false
	}
	Close(fd)
	return true
}

func openMode(path string, mode uintptr) (fd int, err error) { return openHost(hostPath(path), mode) }

// openHost opens a file whose name is the host's.
func openHost(path string, mode uintptr) (fd int, err error) {
	name := path + "\x00"
	block := [3]uintptr{address(name), mode, uintptr(len(path))}
	handle := semihost(sysOpen, unsafe.Pointer(&block))
	if handle == failed {
		return -1, hostErrno()
	}
	return int(handle) + firstFile, nil
}

// Close closes a file. Closing the console does nothing.
func Close(fd int) error {
	if IsPipe(fd) {
		return closePipe(fd)
	}
	if fd < firstFile {
		return consoleErr(fd)
	}
	block := uintptr(fd - firstFile)
	if semihost(sysClose, unsafe.Pointer(&block)) != 0 {
		return hostErrno()
	}
	return nil
}

// consoleErr is EBADF for numbers that are no descriptor at all.
func consoleErr(fd int) error {
	if fd < 0 {
		return EBADF
	}
	return nil
}

// Read reads at most len(p) bytes at the file's position; n is 0 at the end.
func Read(fd int, p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	if IsPipe(fd) {
		return readPipe(fd, p)
	}
	handle := uintptr(fd - firstFile)
	switch {
	case fd == Stdin:
		handle = consoleHandle(Stdin)
	case fd < firstFile:
		return 0, EBADF
	}
	block := [3]uintptr{handle, uintptr(unsafe.Pointer(&p[0])), uintptr(len(p))}
	rest := semihost(sysRead, unsafe.Pointer(&block))
	if rest > uintptr(len(p)) {
		return 0, hostErrno()
	}
	return len(p) - int(rest), nil
}

// The console belongs to the runtime.
//
// Safety: the runtime defines these functions with these signatures and keeps no pointer.

//go:linkname consoleHandle runtime.consoleHandle
func consoleHandle(fd uintptr) uintptr

//go:linkname runtime_write runtime.write
func runtime_write(fd uintptr, p unsafe.Pointer, n int32) int32

// Write writes p at the file's position.
func Write(fd int, p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	if fd == Stdout || fd == Stderr {
		n := int(runtime_write(uintptr(fd), unsafe.Pointer(&p[0]), int32(len(p))))
		if n != len(p) {
			return max(n, 0), EIO
		}
		return n, nil
	}
	if IsPipe(fd) {
		return writePipe(fd, p)
	}
	if fd < firstFile {
		return 0, EBADF
	}
	block := [3]uintptr{uintptr(fd - firstFile), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p))}
	rest := semihost(sysWrite, unsafe.Pointer(&block))
	if rest == 0 {
		return len(p), nil
	}
	if rest >= uintptr(len(p)) {
		return 0, hostErrno()
	}
	return len(p) - int(rest), ENOSPC
}

// Seek moves the position of a file. Semihosting cannot tell the position, so whence 1 (relative to it) is not possible.
func Seek(fd int, offset int64, whence int) (position int64, err error) {
	switch {
	case fd >= 0 && fd < firstFile || IsPipe(fd):
		return 0, ESPIPE
	case whence == 2:
		size, err := Length(fd)
		if err != nil {
			return 0, err
		}
		offset += size
	case whence != 0:
		return 0, EINVAL
	}
	if offset < 0 || offset != int64(int32(offset)) {
		return 0, EINVAL
	}
	block := [2]uintptr{uintptr(fd - firstFile), uintptr(offset)}
	if semihost(sysSeek, unsafe.Pointer(&block)) != 0 {
		return 0, hostErrno()
	}
	return offset, nil
}

// Length is the size of an open file in bytes.
func Length(fd int) (int64, error) {
	block := uintptr(fd - firstFile)
	n := semihost(sysFlen, unsafe.Pointer(&block))
	if n == failed {
		return 0, hostErrno()
	}
	return int64(n), nil
}

// Unlink removes a file, or a folder that is empty.
func Unlink(path string) error { return remove(hostPath(path)) }

// remove removes a file whose name is the host's.
func remove(path string) error {
	name := path + "\x00"
	block := [2]uintptr{address(name), uintptr(len(path))}
	if semihost(sysRemove, unsafe.Pointer(&block)) != 0 {
		return hostErrno()
	}
	return nil
}

// Rename renames a file.
func Rename(from, to string) error {
	from, to = hostPath(from), hostPath(to)
	old, new := from+"\x00", to+"\x00"
	block := [4]uintptr{address(old), uintptr(len(from)), address(new), uintptr(len(to))}
	if semihost(sysRename, unsafe.Pointer(&block)) != 0 {
		return hostErrno()
	}
	return nil
}
