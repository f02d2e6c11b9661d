package selfcheck

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// segment is a part of the file that is in memory and must not change there.
type segment struct {
	address uint64 // before a load bias
	offset  int64  // in the file
	size    int64  // in the file, which for these is the size in memory
	exec    bool
}

// Constants of ELF (System V ABI, chapters 4 and 5).
const (
	typeLoad   = 1
	typeInterp = 3
	flagExec   = 1
	flagWrite  = 2
)

// maxHeaders bounds what a damaged file can ask for.
const maxHeaders = 128

// image is what is read of an ELF file. Package debug/elf would be ten times the code in the program.
type image struct {
	lowest   uint64 // address of the first segment of all
	segments []segment
	dynamic  bool // it names a program interpreter, which loads libraries
}

// readImage reads the program headers of a little-endian ELF file.
func readImage(r io.ReaderAt) (*image, error) {
	var ident [64]byte
	if _, err := r.ReadAt(ident[:], 0); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(ident[:], []byte("\x7fELF")) || ident[5] != 1 {
		return nil, errors.New("not a little-endian ELF file")
	}
	var at, size, count uint64
	wide := ident[4] == 2
	if wide {
		at, size, count = binary.LittleEndian.Uint64(ident[32:]), uint64(binary.LittleEndian.Uint16(ident[54:])), uint64(binary.LittleEndian.Uint16(ident[56:]))
	} else {
		at, size, count = uint64(binary.LittleEndian.Uint32(ident[28:])), uint64(binary.LittleEndian.Uint16(ident[42:])), uint64(binary.LittleEndian.Uint16(ident[44:]))
	}
	if count == 0 || count > maxHeaders || size < 32 || size > 256 || wide && size < 56 {
		return nil, fmt.Errorf("%d program headers of %d bytes", count, size)
	}
	headers := make([]byte, count*size)
	if _, err := r.ReadAt(headers, int64(at)); err != nil {
		return nil, err
	}
	im := &image{lowest: ^uint64(0)}
	for h := range bytesOf(headers, int(size)) {
		im.header(h, wide)
	}
	if len(im.segments) == 0 {
		return nil, errors.New("no segment that must not change")
	}
	return im, nil
}

// bytesOf splits b into pieces.
func bytesOf(b []byte, size int) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for ; len(b) >= size; b = b[size:] {
			if !yield(b[:size]) {
				return
			}
		}
	}
}

// header adds one program header.
func (im *image) header(h []byte, wide bool) {
	word := func(i int) uint64 { return uint64(binary.LittleEndian.Uint32(h[i:])) }
	kind, flags, offset, address, size := word(0), word(24), word(4), word(8), word(16)
	if wide {
		flags, offset, address, size = word(4), binary.LittleEndian.Uint64(h[8:]), binary.LittleEndian.Uint64(h[16:]), binary.LittleEndian.Uint64(h[32:])
	}
	if kind != typeLoad {
		im.dynamic = im.dynamic || kind == typeInterp
		return
	}
	im.lowest = min(im.lowest, address-offset)
	if flags&flagWrite == 0 && size > 0 {
		im.segments = append(im.segments, segment{address, int64(offset), int64(size), flags&flagExec != 0})
	}
}
