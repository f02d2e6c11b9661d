//go:build mote

package os

import "syscall"

func linkError(op, oldname, newname string, err error) error {
	if err == nil {
		return nil
	}
	return &LinkError{op, oldname, newname, err}
}

// Link makes newname a second name of the file oldname.
func Link(oldname, newname string) error {
	return linkError("link", oldname, newname, syscall.Link(oldname, newname))
}

// Symlink makes newname a symbolic link to oldname.
func Symlink(oldname, newname string) error {
	return linkError("symlink", oldname, newname, syscall.Symlink(oldname, newname))
}

// Readlink returns what a symbolic link points to.
func Readlink(name string) (string, error) {
	target, err := syscall.ReadLink(name)
	return target, pathError("readlink", name, err)
}
