package cpio

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
)

// Reader reads an archive file by file: Next, then the data with Read.
type Reader struct {
	in   *bufio.Reader
	left int64 // data of the current file that is not read
	pad  int64 // bytes behind that data
}

// NewReader returns a Reader of the archive in r.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReader(r)} }

// Next goes to the next file. At the end of the archive it returns io.EOF; an archive that ends earlier gives io.ErrUnexpectedEOF.
func (r *Reader) Next() (Header, error) {
	if _, err := io.CopyN(io.Discard, r.in, r.left+r.pad); err != nil {
		return Header{}, unexpected(err)
	}
	r.left, r.pad = 0, 0
	h, nameSize, err := r.fields()
	if err != nil {
		return Header{}, err
	}
	name := make([]byte, nameSize)
	if _, err := io.ReadFull(r.in, name); err != nil {
		return Header{}, unexpected(err)
	}
	if _, err := io.CopyN(io.Discard, r.in, padding(int64(headerSize)+nameSize)); err != nil {
		return Header{}, unexpected(err)
	}
	if name[nameSize-1] != 0 {
		return Header{}, fmt.Errorf("%w: a name without its zero byte", ErrFormat)
	}
	h.Name = string(name[:nameSize-1])
	if h.Name == trailer {
		return Header{}, io.EOF
	}
	r.left, r.pad = h.Size, padding(h.Size)
	return h, checkName(h.Name)
}

// fields reads the part of a header that has a fixed size.
func (r *Reader) fields() (h Header, nameSize int64, err error) {
	var text [headerSize]byte
	if _, err := io.ReadFull(r.in, text[:]); err != nil {
		return h, 0, unexpected(err)
	}
	if string(text[:len(magic)]) != magic {
		return h, 0, fmt.Errorf("%w: it begins with %q, not %q", ErrFormat, text[:len(magic)], magic)
	}
	var raw [13 * 4]byte
	if _, err := hex.Decode(raw[:], text[len(magic):]); err != nil {
		return h, 0, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	field := func(i int) uint32 { return binary.BigEndian.Uint32(raw[4*i:]) }
	h = Header{Mode: field(1), UID: field(2), GID: field(3), MTime: field(5), Size: int64(field(6)), Major: field(9), Minor: field(10)}
	nameSize = int64(field(11))
	if nameSize < 1 || nameSize > maxName {
		return h, 0, fmt.Errorf("%w: a name of %d bytes", ErrFormat, nameSize)
	}
	return h, nameSize, nil
}

// Read reads data of the current file, up to its end.
func (r *Reader) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.in.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	if r.left > 0 {
		err = unexpected(err)
	}
	return n, err
}

// unexpected makes the end of the input an error: an archive ends with its trailer.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
