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

// fileStat is what semihosting tells about a file: its size, and whether it is a folder.
type fileStat struct {
	path string
	size int64
	mode FileMode
}

func (s *fileStat) Name() string       { return filepathlite.Base(s.path) }
func (s *fileStat) Size() int64        { return s.size }
func (s *fileStat) Mode() FileMode     { return s.mode }
func (s *fileStat) ModTime() time.Time { return time.Time{} }
func (s *fileStat) IsDir() bool        { return s.mode.IsDir() }
func (s *fileStat) Sys() any           { return nil }

// Stat describes a file. Times and permissions are unknown.
func Stat(name string) (FileInfo, error) { return statNamed("stat", name) }

// Lstat is Stat: semihosting follows links.
func Lstat(name string) (FileInfo, error) { return statNamed("lstat", name) }

func statNamed(op, name string) (FileInfo, error) {
	fd, err := syscall.Open(name, O_RDONLY, 0)
	if err != nil {
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
	defer syscall.Close(fd)
	return statOpen(fd, name)
}

// statOpen describes an open file. A folder shows by having a size and nothing to read: emulators do not tell the error
// of reading one from the end of a file.
func statOpen(fd int, name string) (FileInfo, error) {
	size, err := syscall.Length(fd)
	if err != nil {
		return nil, &PathError{Op: "stat", Path: name, Err: err}
	}
	var b [1]byte
	if n, _ := syscall.Read(fd, b[:]); n == 0 && size > 0 {
		return &fileStat{name, size, ModeDir | 0o777}, nil
	}
	return &fileStat{name, size, 0o666}, nil
}

// Stat describes the open file.
func (f *File) Stat() (info FileInfo, err error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	if f.fd <= syscall.Stderr {
		return &fileStat{f.name, 0, ModeDevice | ModeCharDevice | 0o666}, nil
	}
	if syscall.IsPipe(f.fd) {
		return &fileStat{f.name, 0, ModeNamedPipe | 0o600}, nil
	}
	err = f.at(0, func() error {
		info, err = statOpen(f.fd, f.name)
		return err
	})
	return info, err
}

// SameFile reports whether both describe the same file, by name.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	return ok1 && ok2 && a.path == b.path
}
