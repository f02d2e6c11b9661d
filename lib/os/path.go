//go:build mote

package os

import (
	"io"
	"io/fs"
	"syscall"
	"time"
)

// Paths have Unix form.
const (
	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

// IsPathSeparator reports whether c separates the elements of a path.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// Remove removes a file.
func Remove(name string) error {
	if err := syscall.Unlink(name); err != nil {
		return &PathError{Op: "remove", Path: name, Err: err}
	}
	return nil
}

// RemoveAll removes a file; none is no error. Folders cannot be listed, so one with contents stays.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if err := Remove(path); err != nil && !IsNotExist(err) {
		return err
	}
	return nil
}

// Rename renames a file.
func Rename(oldpath, newpath string) error {
	if err := syscall.Rename(oldpath, newpath); err != nil {
		return &LinkError{"rename", oldpath, newpath, err}
	}
	return nil
}

// ReadFile returns the contents of a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, _ := syscall.Length(f.fd) // only a hint: devices have none
	data := make([]byte, 0, max(int(size), 0)+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// WriteFile writes data to a file, which it creates or truncates.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// The host's semihosting has no operation for what follows; all of it returns errors that wrap errors.ErrUnsupported.

func Chdir(dir string) error                                   { return unsupported("chdir", dir) }
func Chmod(name string, mode FileMode) error                   { return unsupported("chmod", name) }
func Chown(name string, uid, gid int) error                    { return unsupported("chown", name) }
func Lchown(name string, uid, gid int) error                   { return unsupported("lchown", name) }
func Chtimes(name string, atime, mtime time.Time) error        { return unsupported("chtimes", name) }
func Mkdir(name string, perm FileMode) error                   { return unsupported("mkdir", name) }
func Truncate(name string, size int64) error                   { return unsupported("truncate", name) }
func Readlink(name string) (string, error)                     { return "", unsupported("readlink", name) }
func Getwd() (dir string, err error)                           { return "", NewSyscallError("getwd", syscall.ENOSYS) }
func (f *File) Chdir() error                                   { return f.unsupported("chdir") }
func (f *File) Chmod(mode FileMode) error                      { return f.unsupported("chmod") }
func (f *File) Chown(uid, gid int) error                       { return f.unsupported("chown") }
func (f *File) Truncate(size int64) error                      { return f.unsupported("truncate") }
func (f *File) ReadDir(n int) ([]DirEntry, error)              { return nil, f.unsupported("readdir") }
func (f *File) Readdir(n int) ([]FileInfo, error)              { return nil, f.unsupported("readdir") }
func (f *File) Readdirnames(n int) (names []string, err error) { return nil, f.unsupported("readdir") }

// ReadDir is not supported; a folder that does not exist is told from one that cannot be read.
func ReadDir(name string) ([]DirEntry, error) {
	if _, err := Stat(name); err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: cause(err)}
	}
	return nil, unsupported("readdir", name)
}

func (f *File) unsupported(op string) error {
	if err := f.check(op); err != nil {
		return err
	}
	return unsupported(op, f.name)
}

// Link is not supported.
func Link(oldname, newname string) error {
	return &LinkError{"link", oldname, newname, syscall.ENOSYS}
}

// Symlink is not supported.
func Symlink(oldname, newname string) error {
	return &LinkError{"symlink", oldname, newname, syscall.ENOSYS}
}

// MkdirAll succeeds if path is a folder already; it cannot make one.
func MkdirAll(path string, perm FileMode) error {
	info, err := Stat(path)
	switch {
	case err != nil:
		return Mkdir(path, perm)
	case !info.IsDir():
		return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	return nil
}

// CopyFS copies the files of fsys below dir. Folders must exist.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := dir + "/" + path
		if d.IsDir() {
			return MkdirAll(target, 0o777)
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		if _, err := Stat(target); err == nil {
			return &PathError{Op: "CopyFS", Path: target, Err: syscall.EEXIST}
		}
		return WriteFile(target, data, 0o666)
	})
}
