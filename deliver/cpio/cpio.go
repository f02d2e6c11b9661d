// Package cpio writes and reads the archives that Linux unpacks as its first root file system: cpio in the format newc, as
// Documentation/driver-api/early-userspace/buffer-format.rst of the kernel describes it.
//
// The same entries always give the same bytes: no time, no owner but the one given, inode numbers counted from 1. There are no hard links. Start reading
// at Writer; Reader exists to check what was written.
package cpio

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Header is one file of an archive.
type Header struct {
	Name         string // without leading slash: "etc/hosts"
	Mode         uint32 // type (ModeDir and so on) and permission bits, as in stat(2)
	UID, GID     uint32
	Size         int64  // bytes of data; of a symlink, the length of its target
	MTime        uint32 // seconds since 1970
	Major, Minor uint32 // of a device
}

// Types of files in Header.Mode, as in stat(2).
const (
	ModeType    = 0o170000
	ModeDir     = 0o040000
	ModeRegular = 0o100000
	ModeSymlink = 0o120000
	ModeChar    = 0o020000
)

const (
	magic      = "070701"
	headerSize = len(magic) + 13*8
	trailer    = "TRAILER!!!"
	maxName    = 4096 // PATH_MAX with its zero byte: the kernel skips entries with longer names
	align      = 4
)

// Errors of Reader and Writer, to be tested with errors.Is.
var (
	ErrFormat = errors.New("not a cpio archive in newc format")
	ErrName   = errors.New("bad name")
)

// checkName refuses what the kernel would unpack elsewhere or not at all.
func checkName(name string) error {
	switch {
	case name == "" || name == trailer:
		return fmt.Errorf("%w %q", ErrName, name)
	case len(name)+1 > maxName:
		return fmt.Errorf("%w: %d bytes, more than %d", ErrName, len(name), maxName-1)
	case strings.HasPrefix(name, "/") || strings.ContainsRune(name, 0):
		return fmt.Errorf("%w %q: it begins with a slash or has a zero byte", ErrName, name)
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." || part == "" {
			return fmt.Errorf("%w %q: it has an element that is empty or ..", ErrName, name)
		}
	}
	return nil
}

// padding is how many bytes follow n bytes up to the next multiple of four.
func padding(n int64) int64 { return -n & (align - 1) }

// counted counts what passes to w.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
