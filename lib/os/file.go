//go:build mote

// Package os is Go's package os for a target without an operating system.
//
// The console is the standard files, files are those of the host through semihosting (under emulation or a debugger), and
// what has no meaning returns an error that wraps errors.ErrUnsupported. All of Go's API is there, so code that
// uses os compiles. Printing pulls in only Write and Close and what they need. Start reading at File.
//
// Folders, links, modes and times are beyond semihosting's operations on files; the host's shell sees to them (package
// syscall, shell.go), at some milliseconds a call. Without one they too return errors that wrap errors.ErrUnsupported, and Stat
// tells a file's size only. Differences from Unix remain: new files get the host's default permissions whatever
// OpenFile is given, and Chdir changes what this program's relative names mean, not the host's working directory.
package os

import (
	"errors"
	"io"
	"sync"
	"syscall"
	"time"
	"unsafe"
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
	fd    int // -1 when closed
	name  string
	extra unsafe.Pointer // to a fileExtra, or nil
	mu    sync.Mutex     // guards pos and the host's position, which are the same, and the folder's entries
	pos   int64
}

// Helpers of File are functions and File holds no pointers to types of its own, because type descriptors list unexported methods
// and what fields point to, and every program that prints has File's.

// fileExtra is what few files need. It is apart because every program has the three standard files.
type fileExtra struct {
	append  bool
	workdir string      // name is relative to; empty is the first one
	entries *folderRead // of a folder that is being read
}

// extraOf returns the extras of f, nil if it has none.
//
// Safety: File.extra is written only by more.
func extraOf(f *File) *fileExtra { return (*fileExtra)(f.extra) }

// more returns the extras of f, for a change.
func more(f *File) *fileExtra {
	if f.extra == nil {
		f.extra = unsafe.Pointer(new(fileExtra))
	}
	return extraOf(f)
}

// appends reports whether f was opened with O_APPEND.
func appends(f *File) bool {
	x := extraOf(f)
	return x != nil && x.append
}

// hostName is a path that means f whatever the working directory is now.
func hostName(f *File) string {
	x := extraOf(f)
	if x == nil {
		return syscall.At("", f.name)
	}
	return syscall.At(x.workdir, f.name)
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
	f := &File{fd: fd, name: name}
	if flag&O_APPEND != 0 {
		more(f).append = true
	}
	if dir := syscall.Workdir(); dir != "" {
		more(f).workdir = dir
	}
	return f, nil
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
func check(f *File, op string) error {
	switch {
	case f == nil:
		return ErrInvalid
	case f.fd < 0:
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// wrap adds operation and name to err; nil and io.EOF stay as they are.
func wrap(f *File, op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// stream reports whether f is a standard file or a pipe, which have no position.
func stream(f *File) bool { return f.fd <= syscall.Stderr || syscall.IsPipe(f.fd) }

// Close closes the file. Closing a standard file only makes this File unusable.
func (f *File) Close() error {
	if err := check(f, "close"); err != nil {
		return err
	}
	fd := f.fd
	f.fd = -1
	return wrap(f, "close", syscall.Close(fd))
}

// Read reads up to len(b) bytes; at the end it returns 0, io.EOF.
func (f *File) Read(b []byte) (n int, err error) {
	if err := check(f, "read"); err != nil {
		return 0, err
	}
	if stream(f) {
		n, err = syscall.Read(f.fd, b)
	} else {
		f.mu.Lock()
		n, err = readNext(f, b)
		f.mu.Unlock()
	}
	if n == 0 && len(b) > 0 && err == nil {
		return 0, io.EOF
	}
	return n, wrap(f, "read", err)
}

// readNext reads at the position. A folder shows by having a size and nothing to read: emulators do not tell the error of
// reading one from the end of a file.
func readNext(f *File, b []byte) (n int, err error) {
	n, err = syscall.Read(f.fd, b)
	if n == 0 && err == nil && f.pos == 0 && len(b) > 0 {
		if size, _ := syscall.Length(f.fd); size > 0 {
			return 0, syscall.EISDIR
		}
	}
	f.pos += int64(n)
	return n, err
}

// Write writes b. It returns an error when n != len(b).
func (f *File) Write(b []byte) (n int, err error) {
	if err := check(f, "write"); err != nil {
		return 0, err
	}
	if stream(f) {
		n, err = syscall.Write(f.fd, b)
	} else {
		f.mu.Lock()
		n, err = writeNext(f, b)
		f.mu.Unlock()
	}
	return n, wrap(f, "write", err)
}

// writeNext writes at the position, which for files opened with O_APPEND is the end: emulators do not all see to that.
func writeNext(f *File, b []byte) (n int, err error) {
	if appends(f) {
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
	if err := check(f, "seek"); err != nil {
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
		if x := extraOf(f); x != nil {
			x.entries = nil
		}
	}
	return ret, wrap(f, "seek", err)
}

// at runs do with the position at off and restores it.
func at(f *File, off int64, do func() error) error {
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
	if err := check(f, "read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errors.New("negative offset")}
	}
	err = at(f, off, func() error {
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
	return n, wrap(f, "read", err)
}

// WriteAt writes b at offset off.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := check(f, "write"); err != nil {
		return 0, err
	}
	if appends(f) {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errors.New("negative offset")}
	}
	err = at(f, off, func() error {
		n, err = syscall.Write(f.fd, b)
		return err
	})
	return n, wrap(f, "write", err)
}

// withoutMethods hides the ReadFrom or WriteTo of a file from io.Copy.
type withoutMethods struct{ f *File }

func (w withoutMethods) Read(b []byte) (int, error)  { return w.f.Read(b) }
func (w withoutMethods) Write(b []byte) (int, error) { return w.f.Write(b) }

// ReadFrom copies from r until its end.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := check(f, "write"); err != nil {
		return 0, err
	}
	return io.Copy(withoutMethods{f}, r)
}

// WriteTo copies to w until the end of f.
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := check(f, "read"); err != nil {
		return 0, err
	}
	return io.Copy(w, withoutMethods{f})
}

// Sync returns nil: writes reach the host at once.
func (f *File) Sync() error { return check(f, "sync") }

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
