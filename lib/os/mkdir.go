//go:build mote

package os

import "syscall"

// Mkdir makes a folder.
func Mkdir(name string, perm FileMode) error {
	if err := syscall.Mkdir(name, modeBits(perm)); err != nil {
		return &PathError{Op: "mkdir", Path: name, Err: err}
	}
	return nil
}

// MkdirAll makes a folder and those above it. One that is there already is no error.
func MkdirAll(path string, perm FileMode) error {
	if info, err := Stat(path); err == nil {
		if info.IsDir() {
			return nil
		}
		return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	if above := folderAbove(path); above != "" {
		if err := MkdirAll(above, perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err == nil {
		return nil
	}
	if info, statErr := Lstat(path); statErr == nil && info.IsDir() {
		return nil // made by another meanwhile, or it ends in "."
	}
	return err
}

// folderAbove is path without its last element.
func folderAbove(path string) string {
	i := len(path)
	for i > 0 && path[i-1] == PathSeparator {
		i--
	}
	for i > 0 && path[i-1] != PathSeparator {
		i--
	}
	return path[:max(i-1, 0)]
}

// RemoveAll removes a file, or a folder with all that is in it. None is no error.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if path == "." || len(path) > 1 && path[len(path)-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: path, Err: syscall.EINVAL}
	}
	err := syscall.Unlink(path)
	if err == nil || err == syscall.ENOENT {
		return nil
	}
	if treeErr := syscall.RemoveTree(path); treeErr != syscall.ENOSYS {
		err = treeErr
	}
	if err != nil {
		return &PathError{Op: "unlinkat", Path: path, Err: err}
	}
	return nil
}

// Chdir changes the folder that names of this program are relative to.
func Chdir(dir string) error {
	if err := syscall.Chdir(dir); err != nil {
		return &PathError{Op: "chdir", Path: dir, Err: err}
	}
	return nil
}

// Chdir makes the folder f the working directory.
func (f *File) Chdir() error {
	if err := check(f, "chdir"); err != nil {
		return err
	}
	return wrap(f, "chdir", syscall.Chdir(hostName(f)))
}

// Getwd returns the working directory: that of the emulator until Chdir.
func Getwd() (dir string, err error) {
	dir, err = syscall.Getwd()
	return dir, NewSyscallError("getwd", err)
}
