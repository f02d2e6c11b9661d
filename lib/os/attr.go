//go:build mote

package os

import (
	"syscall"
	"time"
)

// modeBits is what chmod takes of a mode.
func modeBits(mode FileMode) (bits uint32) {
	bits = uint32(mode.Perm())
	for _, b := range specialBits {
		if mode&b.mode != 0 {
			bits |= b.bit
		}
	}
	return bits
}

// specialBits pairs the bits of a mode beside permissions.
var specialBits = [...]struct {
	mode FileMode
	bit  uint32
}{{ModeSetuid, syscall.S_ISUID}, {ModeSetgid, syscall.S_ISGID}, {ModeSticky, syscall.S_ISVTX}}

// pathError adds operation and name to err, if there is one.
func pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &PathError{Op: op, Path: name, Err: err}
}

// Chmod sets the permissions of a file.
func Chmod(name string, mode FileMode) error {
	return pathError("chmod", name, syscall.Chmod(name, modeBits(mode)))
}

// Chown sets user and group of a file; -1 leaves one as it is.
func Chown(name string, uid, gid int) error {
	return pathError("chown", name, syscall.Chown(name, uid, gid))
}

// Lchown is Chown, but of a symbolic link itself.
func Lchown(name string, uid, gid int) error {
	return pathError("lchown", name, syscall.Lchown(name, uid, gid))
}

// Chtimes sets the times of a file; a zero time leaves one as it is.
func Chtimes(name string, atime, mtime time.Time) error {
	return pathError("chtimes", name, syscall.Times(name, touchTime(atime), touchTime(mtime)))
}

// touchTime is t as touch -d takes it.
func touchTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000000Z")
}

// Truncate changes the size of a file.
func Truncate(name string, size int64) error {
	return pathError("truncate", name, syscall.Truncate(name, size))
}

// onName does with the name of f what the host has no operation on open files for.
func onName(f *File, op string, do func(name string) error) error {
	if err := check(f, op); err != nil {
		return err
	}
	return wrap(f, op, do(hostName(f)))
}

// Chmod sets the permissions of the file.
func (f *File) Chmod(mode FileMode) error {
	return onName(f, "chmod", func(name string) error { return syscall.Chmod(name, modeBits(mode)) })
}

// Chown sets user and group of the file.
func (f *File) Chown(uid, gid int) error {
	return onName(f, "chown", func(name string) error { return syscall.Chown(name, uid, gid) })
}

// Truncate changes the size of the file, not the position.
func (f *File) Truncate(size int64) error {
	return onName(f, "truncate", func(name string) error { return syscall.Truncate(name, size) })
}
