package cpio

import (
	"fmt"
	"io"
	"math"
)

// Writer writes an archive: WriteHeader, then the data of the file, for each file; then Close.
type Writer struct {
	out   counted
	left  int64 // data that the current file still lacks
	inode uint32
	err   error
}

// NewWriter returns a Writer of an archive to w.
func NewWriter(w io.Writer) *Writer { return &Writer{out: counted{w: w}} }

// WriteHeader begins a file. It is an error if data of the file before is missing.
func (w *Writer) WriteHeader(h Header) error {
	if err := checkName(h.Name); err != nil {
		return err
	}
	if h.Size < 0 || h.Size > math.MaxUint32 {
		return fmt.Errorf("%s: %d bytes do not fit newc, which has 32 bits for the size", h.Name, h.Size)
	}
	if h.Mode&ModeType == 0 {
		return fmt.Errorf("%s: mode %#o has no type", h.Name, h.Mode)
	}
	if err := w.flush(); err != nil {
		return err
	}
	w.inode++
	w.header(h, w.inode)
	w.left = h.Size
	return w.err
}

// header writes the fields of h, the name and padding.
func (w *Writer) header(h Header, inode uint32) {
	links := uint32(1)
	if h.Mode&ModeType == ModeDir {
		links = 2
	}
	fmt.Fprintf(&sticky{w}, "%s%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\x00", magic,
		inode, h.Mode, h.UID, h.GID, links, h.MTime, h.Size, 0, 0, h.Major, h.Minor, len(h.Name)+1, 0, h.Name)
	w.pad()
}

// Write adds data to the current file.
func (w *Writer) Write(p []byte) (int, error) {
	if int64(len(p)) > w.left {
		return 0, fmt.Errorf("%d bytes more than the header says", int64(len(p))-w.left)
	}
	n, err := (&sticky{w}).Write(p)
	w.left -= int64(n)
	return n, err
}

// Close ends the archive; it does not close the writer below.
func (w *Writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	w.header(Header{Name: trailer}, 0)
	return w.err
}

// flush ends the current file.
func (w *Writer) flush() error {
	if w.err == nil && w.left > 0 {
		return fmt.Errorf("%d bytes of a file are missing", w.left)
	}
	w.pad()
	return w.err
}

func (w *Writer) pad() {
	var zeros [align]byte
	(&sticky{w}).Write(zeros[:padding(w.out.n)])
}

// sticky keeps the first error of the writer below.
type sticky struct{ w *Writer }

func (s *sticky) Write(p []byte) (int, error) {
	if s.w.err != nil {
		return 0, s.w.err
	}
	n, err := s.w.out.Write(p)
	s.w.err = err
	return n, err
}

// AddFile writes a regular file with its data.
func (w *Writer) AddFile(name string, perm uint32, data []byte) error {
	return w.add(Header{Name: name, Mode: ModeRegular | perm, Size: int64(len(data))}, data)
}

// AddDir writes a folder.
func (w *Writer) AddDir(name string, perm uint32) error {
	return w.add(Header{Name: name, Mode: ModeDir | perm}, nil)
}

// AddSymlink writes a symbolic link to target.
func (w *Writer) AddSymlink(name, target string) error {
	return w.add(Header{Name: name, Mode: ModeSymlink | 0o777, Size: int64(len(target))}, []byte(target))
}

// AddCharDevice writes a character device.
func (w *Writer) AddCharDevice(name string, perm, major, minor uint32) error {
	return w.add(Header{Name: name, Mode: ModeChar | perm, Major: major, Minor: minor}, nil)
}

func (w *Writer) add(h Header, data []byte) error {
	if err := w.WriteHeader(h); err != nil {
		return err
	}
	_, err := w.Write(data)
	return err
}
