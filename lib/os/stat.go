//go:build mote

package os

import (
	"internal/filepathlite"
	"io/fs"
	"syscall"
	"time"
)

// FileMode, FileInfo and DirEntry are those of io/fs.
type (
	FileMode = fs.FileMode
	FileInfo = fs.FileInfo
	DirEntry = fs.DirEntry
)

// Bits of FileMode.
const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular

	ModeType = fs.ModeType
	ModePerm = fs.ModePerm
)

// fileStat describes a file.
type fileStat struct {
	path string
	size int64
	mode FileMode
	sys  *syscall.Stat_t // nil if only an open file told
}

func (s *fileStat) Name() string   { return filepathlite.Base(s.path) }
func (s *fileStat) Size() int64    { return s.size }
func (s *fileStat) Mode() FileMode { return s.mode }
func (s *fileStat) IsDir() bool    { return s.mode.IsDir() }

// ModTime is when the file was written, the zero time if unknown.
func (s *fileStat) ModTime() time.Time {
	if s.sys == nil {
		return time.Time{}
	}
	return time.Unix(s.sys.Mtim.Unix())
}

// Sys is a *syscall.Stat_t if the host told.
func (s *fileStat) Sys() any {
	if s.sys == nil {
		return nil
	}
	return s.sys
}

// modeType is the type in a mode of package syscall.
func modeType(mode uint32) FileMode {
	switch mode & syscall.S_IFMT {
	case syscall.S_IFDIR:
		return ModeDir
	case syscall.S_IFLNK:
		return ModeSymlink
	case syscall.S_IFCHR:
		return ModeDevice | ModeCharDevice
	case syscall.S_IFBLK:
		return ModeDevice
	case syscall.S_IFIFO:
		return ModeNamedPipe
	case syscall.S_IFSOCK:
		return ModeSocket
	case syscall.S_IFREG:
		return 0
	}
	return ModeIrregular
}

func newFileStat(path string, sys *syscall.Stat_t) *fileStat {
	mode := modeType(sys.Mode) | FileMode(sys.Mode)&ModePerm
	for _, b := range specialBits {
		if sys.Mode&b.bit != 0 {
			mode |= b.mode
		}
	}
	return &fileStat{path, sys.Size, mode, sys}
}

// Stat describes a file.
func Stat(name string) (FileInfo, error) { return statNamed("stat", name, syscall.Stat) }

// Lstat describes a file, a symbolic link itself. On a host without a shell links are followed.
func Lstat(name string) (FileInfo, error) { return statNamed("lstat", name, syscall.Lstat) }

func statNamed(op, name string, stat func(string, *syscall.Stat_t) error) (FileInfo, error) {
	sys := new(syscall.Stat_t)
	switch err := stat(name, sys); err {
	case nil:
		return newFileStat(name, sys), nil
	case syscall.ENOSYS:
		return statUnnamed(op, name)
	default:
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
}

// statUnnamed describes a file by opening it.
func statUnnamed(op, name string) (FileInfo, error) {
	fd, err := syscall.Open(name, O_RDONLY, 0)
	if err != nil {
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
	defer syscall.Close(fd)
	return statOpen(fd, name)
}

// statOpen describes an open file. A folder shows as in readNext.
func statOpen(fd int, name string) (FileInfo, error) {
	size, err := syscall.Length(fd)
	if err != nil {
		return nil, &PathError{Op: "stat", Path: name, Err: err}
	}
	var b [1]byte
	if n, _ := syscall.Read(fd, b[:]); n == 0 && size > 0 {
		return &fileStat{name, size, ModeDir | 0o777, nil}, nil
	}
	return &fileStat{name, size, 0o666, nil}, nil
}

// Stat describes the open file. What the host does not tell about open files is that of the file that has its name now.
func (f *File) Stat() (info FileInfo, err error) {
	if err := check(f, "stat"); err != nil {
		return nil, err
	}
	if f.fd <= syscall.Stderr {
		return &fileStat{f.name, 0, ModeDevice | ModeCharDevice | 0o666, nil}, nil
	}
	if syscall.IsPipe(f.fd) {
		return &fileStat{f.name, 0, ModeNamedPipe | 0o600, nil}, nil
	}
	sys := new(syscall.Stat_t)
	if err := syscall.Stat(hostName(f), sys); err == nil {
		if size, err := syscall.Length(f.fd); err == nil {
			sys.Size = size
		}
		return newFileStat(f.name, sys), nil
	}
	err = at(f, 0, func() error {
		info, err = statOpen(f.fd, f.name)
		return err
	})
	return info, err
}

// SameFile reports whether both describe the same file; by name if the host tells no more.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	switch {
	case !ok1 || !ok2:
		return false
	case a.sys == nil || b.sys == nil:
		return a.path == b.path
	}
	return a.sys.Dev == b.sys.Dev && a.sys.Ino == b.sys.Ino
}
