//go:build mote

package os

import (
	"errors"
	"internal/filepathlite"
	"io/fs"
	"syscall"
	"time"
)

// Root is a folder that names cannot leave by "..", absolute paths or the like. Links inside it are the host's affair: a
// device cannot see them, so Root does not protect from them.
type Root struct {
	name   string
	closed bool
}

var errPathEscapes = errors.New("path escapes from parent")

// OpenRoot opens a folder.
func OpenRoot(name string) (*Root, error) {
	info, err := Stat(name)
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: cause(err)}
	}
	if !info.IsDir() {
		return nil, &PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	return &Root{name: name}, nil
}

// OpenInRoot opens a file in a folder for reading.
func OpenInRoot(dir, name string) (*File, error) {
	r, err := OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return r.Open(name)
}

// Name is the name as given to OpenRoot.
func (r *Root) Name() string { return r.name }

// Close makes the Root unusable.
func (r *Root) Close() error {
	r.closed = true
	return nil
}

// path is the host's path of name.
func (r *Root) path(op, name string) (string, error) {
	switch {
	case r.closed:
		return "", &PathError{Op: op, Path: name, Err: ErrClosed}
	case !filepathlite.IsLocal(name):
		return "", &PathError{Op: op, Path: name, Err: errPathEscapes}
	}
	return r.name + "/" + name, nil
}

// do runs an operation on the path of name and puts name into its error.
func (r *Root) do(op, name string, operation func(path string) error) error {
	path, err := r.path(op, name)
	if err != nil {
		return err
	}
	return rename(operation(path), name)
}

// Open opens a file for reading.
func (r *Root) Open(name string) (*File, error) { return r.OpenFile(name, O_RDONLY, 0) }

// Create creates or truncates a file.
func (r *Root) Create(name string) (*File, error) {
	return r.OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0o666)
}

// OpenFile opens a file with flags.
func (r *Root) OpenFile(name string, flag int, perm FileMode) (f *File, err error) {
	err = r.do("openat", name, func(path string) error {
		f, err = OpenFile(path, flag, perm)
		return err
	})
	return f, err
}

// OpenRoot opens a folder inside.
func (r *Root) OpenRoot(name string) (sub *Root, err error) {
	err = r.do("openat", name, func(path string) error {
		sub, err = OpenRoot(path)
		return err
	})
	return sub, err
}

// ReadFile returns the contents of a file.
func (r *Root) ReadFile(name string) (data []byte, err error) {
	err = r.do("openat", name, func(path string) error {
		data, err = ReadFile(path)
		return err
	})
	return data, err
}

// WriteFile writes data to a file, which it creates or truncates.
func (r *Root) WriteFile(name string, data []byte, perm FileMode) error {
	return r.do("openat", name, func(path string) error { return WriteFile(path, data, perm) })
}

// Stat describes a file.
func (r *Root) Stat(name string) (info FileInfo, err error) {
	err = r.do("statat", name, func(path string) error {
		info, err = Stat(path)
		return err
	})
	return info, err
}

// Lstat is Stat.
func (r *Root) Lstat(name string) (FileInfo, error) { return r.Stat(name) }

// Remove removes a file.
func (r *Root) Remove(name string) error { return r.do("unlinkat", name, Remove) }

// RemoveAll removes a file; none is no error.
func (r *Root) RemoveAll(name string) error { return r.do("RemoveAll", name, RemoveAll) }

// Rename renames a file.
func (r *Root) Rename(oldname, newname string) error {
	newpath, err := r.path("renameat", newname)
	if err != nil {
		return &LinkError{"renameat", oldname, newname, cause(err)}
	}
	return r.do("renameat", oldname, func(path string) error { return Rename(path, newpath) })
}

// FS returns the folder as a file system.
func (r *Root) FS() fs.FS { return dirFS(r.name) }

// MkdirAll succeeds if the folder exists already.
func (r *Root) MkdirAll(name string, perm FileMode) error {
	return r.do("mkdirat", name, func(path string) error { return MkdirAll(path, perm) })
}

// What semihosting has no operation for.

func (r *Root) Mkdir(name string, perm FileMode) error { return unsupported("mkdirat", name) }
func (r *Root) Chmod(name string, mode FileMode) error { return unsupported("chmodat", name) }
func (r *Root) Chown(name string, uid, gid int) error  { return unsupported("chownat", name) }
func (r *Root) Lchown(name string, uid, gid int) error { return unsupported("lchownat", name) }
func (r *Root) Chtimes(name string, atime, mtime time.Time) error {
	return unsupported("chtimesat", name)
}
func (r *Root) Readlink(name string) (string, error)  { return "", unsupported("readlinkat", name) }
func (r *Root) Link(oldname, newname string) error    { return Link(oldname, newname) }
func (r *Root) Symlink(oldname, newname string) error { return Symlink(oldname, newname) }
