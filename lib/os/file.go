//go:build mote

// Package os is Go's package os for a target without an operating system.
//
// The console is the standard files, files are those of the host through semihosting (under emulation or a debugger), and
// what has no meaning returns an error that wraps errors.ErrUnsupported. All of Go's API is there, so code that
// uses os compiles. Printing pulls in only Write and Close and what they need. Start reading at File.
package os

import (
	"errors"
	"io"
	"sync"
	"syscall"
	"time"
)

// Flags of OpenFile.
const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND
	O_CREATE int = syscall.O_CREAT
	O_EXCL   int = syscall.O_EXCL
	O_SYNC   int = syscall.O_SYNC
	O_TRUNC  int = syscall.O_TRUNC
)

// Seek whence values.
//
// Deprecated: use io.SeekStart, io.SeekCurrent and io.SeekEnd.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

// The standard files: the console.
var (
	Stdin  = &File{fd: syscall.Stdin, name: "/dev/stdin"}
	Stdout = &File{fd: syscall.Stdout, name: "/dev/stdout"}
	Stderr = &File{fd: syscall.Stderr, name: "/dev/stderr"}
)

// File is an open file. Its methods can be called by several goroutines.
type File struct {
	fd     int // -1 when closed
	name   string
	append bool
	mu     sync.Mutex // guards pos and the host's position, which are the same
	pos    int64
}

// NewFile returns a File for a descriptor of package syscall; nil if it is negative.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	return &File{fd: int(fd), name: name}
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create creates or truncates a file.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0o666) }

// OpenFile opens a file with flags. The host decides on permissions; perm is not passed on.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd, err := syscall.Open(name, flag, uint32(perm.Perm()))
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	return &File{fd: fd, name: name, append: flag&O_APPEND != 0}, nil
}

// Name is the name as given to Open.
func (f *File) Name() string { return f.name }

// Fd is the descriptor.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// check returns the error of an operation on a nil or closed file.
func (f *File) check(op string) error {
	switch {
	case f == nil:
		return ErrInvalid
	case f.fd < 0:
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// wrap adds operation and name to err; nil and io.EOF stay as they are.
func (f *File) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// stream reports whether f is a standard file or a pipe, which have no position. It is no method because those that
// programs cannot call take place in the type's descriptor all the same.
func stream(f *File) bool { return f.fd <= syscall.Stderr || syscall.IsPipe(f.fd) }

// Close closes the file. Closing a standard file only makes this File unusable.
func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	fd := f.fd
	f.fd = -1
	return f.wrap("close", syscall.Close(fd))
}

// Read reads up to len(b) bytes; at the end it returns 0, io.EOF.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if stream(f) {
		n, err = syscall.Read(f.fd, b)
	} else {
		f.mu.Lock()
		n, err = syscall.Read(f.fd, b)
		f.pos += int64(n)
		f.mu.Unlock()
	}
	if n == 0 && len(b) > 0 && err == nil {
		return 0, io.EOF
	}
	return n, f.wrap("read", err)
}

// Write writes b. It returns an error when n != len(b).
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if stream(f) {
		n, err = syscall.Write(f.fd, b)
	} else {
		f.mu.Lock()
		n, err = f.writeNext(b)
		f.mu.Unlock()
	}
	return n, f.wrap("write", err)
}

// writeNext writes at the position, which for files opened with O_APPEND is the end: emulators do not all see to that.
func (f *File) writeNext(b []byte) (n int, err error) {
	if f.append {
		if f.pos, err = syscall.Seek(f.fd, 0, io.SeekEnd); err != nil {
			return 0, err
		}
	}
	n, err = syscall.Write(f.fd, b)
	f.pos += int64(n)
	return n, err
}

// WriteString writes the bytes of s.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// Seek sets the position of the next read or write.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if whence == io.SeekCurrent && !stream(f) {
		offset, whence = offset+f.pos, io.SeekStart
	}
	ret, err = syscall.Seek(f.fd, offset, whence)
	if err == nil {
		f.pos = ret
	}
	return ret, f.wrap("seek", err)
}

// at runs do with the position at off and restores it.
func (f *File) at(off int64, do func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := syscall.Seek(f.fd, off, io.SeekStart); err != nil {
		return err
	}
	err := do()
	if _, back := syscall.Seek(f.fd, f.pos, io.SeekStart); err == nil {
		err = back
	}
	return err
}

// ReadAt reads len(b) bytes at offset off; at the end it returns fewer and io.EOF.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errors.New("negative offset")}
	}
	err = f.at(off, func() error {
		for n < len(b) {
			m, err := syscall.Read(f.fd, b[n:])
			if err != nil {
				return err
			}
			if m == 0 {
				return io.EOF
			}
			n += m
		}
		return nil
	})
	return n, f.wrap("read", err)
}

// WriteAt writes b at offset off.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errors.New("negative offset")}
	}
	err = f.at(off, func() error {
		n, err = syscall.Write(f.fd, b)
		return err
	})
	return n, f.wrap("write", err)
}

// withoutMethods hides the ReadFrom or WriteTo of a file from io.Copy.
type withoutMethods struct{ f *File }

func (w withoutMethods) Read(b []byte) (int, error)  { return w.f.Read(b) }
func (w withoutMethods) Write(b []byte) (int, error) { return w.f.Write(b) }

// ReadFrom copies from r until its end.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	return io.Copy(withoutMethods{f}, r)
}

// WriteTo copies to w until the end of f.
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	return io.Copy(w, withoutMethods{f})
}

// Sync returns nil: writes reach the host at once.
func (f *File) Sync() error { return f.check("sync") }

// SetDeadline, SetReadDeadline and SetWriteDeadline return ErrNoDeadline: files of the host never wait.

func (f *File) SetDeadline(t time.Time) error      { return ErrNoDeadline }
func (f *File) SetReadDeadline(t time.Time) error  { return ErrNoDeadline }
func (f *File) SetWriteDeadline(t time.Time) error { return ErrNoDeadline }

// SyscallConn is not supported.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	return nil, unsupported("SyscallConn", f.name)
}
