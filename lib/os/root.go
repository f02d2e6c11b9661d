//go:build mote

package os

import (
	"errors"
	"internal/filepathlite"
	"io/fs"
	"syscall"
	"time"
)

// Root is a folder that names cannot leave by "..", absolute paths or the like. Links inside it
// are followed by the host wherever they lead: Root does not protect from them.
type Root struct {
	name    string
	workdir string // name is relative to; empty is the first one
	closed  bool
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
	return &Root{name: name, workdir: syscall.Workdir()}, nil
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
	return joinPath(syscall.At(r.workdir, r.name), name), nil
}

// do runs an operation on the path of name and puts op and name into its error.
func (r *Root) do(op, name string, operation func(path string) error) error {
	path, err := r.path(op, name)
	if err != nil {
		return err
	}
	err = operation(path)
	if e, ok := err.(*PathError); ok {
		e.Op, e.Path = op, name
	}
	return err
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

// Lstat describes a file, a symbolic link itself.
func (r *Root) Lstat(name string) (info FileInfo, err error) {
	err = r.do("lstatat", name, func(path string) error {
		info, err = Lstat(path)
		return err
	})
	return info, err
}

// Remove removes a file or an empty folder.
func (r *Root) Remove(name string) error { return r.do("removeat", name, Remove) }

// RemoveAll removes a file, or a folder with all that is in it; none is no error.
func (r *Root) RemoveAll(name string) error { return r.do("RemoveAll", name, RemoveAll) }

// FS returns the folder as a file system.
func (r *Root) FS() fs.FS { return dirFS(syscall.At(r.workdir, r.name)) }

// Mkdir makes a folder.
func (r *Root) Mkdir(name string, perm FileMode) error {
	return r.do("mkdirat", name, func(path string) error { return Mkdir(path, perm) })
}

// MkdirAll makes a folder and those above it.
func (r *Root) MkdirAll(name string, perm FileMode) error {
	return r.do("mkdirat", name, func(path string) error { return MkdirAll(path, perm) })
}

// Chmod sets the permissions of a file.
func (r *Root) Chmod(name string, mode FileMode) error {
	return r.do("chmodat", name, func(path string) error { return Chmod(path, mode) })
}

// Chown sets user and group of a file.
func (r *Root) Chown(name string, uid, gid int) error {
	return r.do("chownat", name, func(path string) error { return Chown(path, uid, gid) })
}

// Lchown is Chown, but of a symbolic link itself.
func (r *Root) Lchown(name string, uid, gid int) error {
	return r.do("lchownat", name, func(path string) error { return Lchown(path, uid, gid) })
}

// Chtimes sets the times of a file.
func (r *Root) Chtimes(name string, atime, mtime time.Time) error {
	return r.do("chtimesat", name, func(path string) error { return Chtimes(path, atime, mtime) })
}

// Readlink returns what a symbolic link points to.
func (r *Root) Readlink(name string) (target string, err error) {
	err = r.do("readlinkat", name, func(path string) error {
		target, err = Readlink(path)
		return err
	})
	return target, err
}

// Rename renames a file.
func (r *Root) Rename(oldname, newname string) error {
	return r.link("renameat", oldname, newname, Rename)
}

// Link makes a second name for a file.
func (r *Root) Link(oldname, newname string) error { return r.link("linkat", oldname, newname, Link) }

// link runs an operation on the paths of two names and puts the names into its error.
func (r *Root) link(op, oldname, newname string, operation func(oldpath, newpath string) error) error {
	oldpath, err := r.path(op, oldname)
	if err != nil {
		return &LinkError{op, oldname, newname, cause(err)}
	}
	newpath, err := r.path(op, newname)
	if err != nil {
		return &LinkError{op, oldname, newname, cause(err)}
	}
	return linkError(op, oldname, newname, cause(operation(oldpath, newpath)))
}

// Symlink makes a symbolic link; what it points to is not checked.
func (r *Root) Symlink(oldname, newname string) error {
	newpath, err := r.path("symlinkat", newname)
	if err == nil {
		err = Symlink(oldname, newpath)
	}
	return linkError("symlinkat", oldname, newname, cause(err))
}
