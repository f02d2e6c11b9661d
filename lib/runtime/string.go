//go:build mote

package runtime

import (
	_ "internal/bytealg" // defines cmpstring
	"unicode/utf8"
	"unsafe"
)

// textBuffer and wideBuffer are room in the caller's frame for text that does not escape, nil if it does or may. The
// compiler makes as much room as these types say.
type (
	textBuffer [32]byte
	wideBuffer [32]rune
)

// rawstring returns n bytes, in buf if that is long enough, as a string and as the slice to fill it through.
//
// Safety: the caller drops the slice before anyone sees the string.
func rawstring(buf *textBuffer, n int) (string, []byte) {
	if n == 0 {
		return "", nil
	}
	p := (*byte)(unsafe.Pointer(buf))
	if buf == nil || n > len(buf) {
		p = (*byte)(mallocgc(uintptr(n), nil, false))
	}
	return unsafe.String(p, n), unsafe.Slice(p, n)
}

// concatstrings is x + y + z... A single operand that is not empty is returned as it is.
func concatstrings(buf *textBuffer, a []string) string {
	total, filled, last := 0, 0, 0
	for i, s := range a {
		if len(s) == 0 {
			continue
		}
		total += len(s)
		if total < 0 {
			throw("string concatenation too long")
		}
		filled++
		last = i
	}
	switch filled {
	case 0:
		return ""
	case 1:
		return a[last]
	}
	s, b := rawstring(buf, total)
	for _, x := range a {
		n := copy(b, x)
		b = b[n:]
	}
	return s
}

// cmpstring orders a and b bytewise: negative, zero or positive. internal/bytealg defines it.
//
// Safety: it is linknamed there to this name with this signature.
func cmpstring(a, b string) int

// intstring is string(rune): the UTF-8 of v, or of U+FFFD when v is no code point.
func intstring(buf *[utf8.UTFMax]byte, v int64) string {
	r := rune(v)
	if int64(r) != v {
		r = utf8.RuneError
	}
	if buf == nil {
		buf = new([utf8.UTFMax]byte)
	}
	return unsafe.String(&buf[0], utf8.EncodeRune(buf[:], r))
}

// slicebytetostring is string(bytes): a copy of n bytes at ptr.
func slicebytetostring(buf *textBuffer, ptr *byte, n int) string {
	s, b := rawstring(buf, n)
	copy(b, unsafe.Slice(ptr, n))
	return s
}

// stringtoslicebyte is []byte(s). The capacity is the rounded size, as in Go.
func stringtoslicebyte(buf *textBuffer, s string) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	if buf != nil && len(s) <= len(buf) {
		clear(buf[copy(buf[:], s):])
		return buf[:len(s)]
	}
	size := roundupsize(uintptr(len(s)))
	b := unsafe.Slice((*byte)(mallocgc(size, nil, false)), size)
	clear(b[copy(b, s):])
	return b[:len(s)]
}

// stringtoslicerune is []rune(s).
func stringtoslicerune(buf *wideBuffer, s string) []rune {
	n := 0
	for range s {
		n++
	}
	if n == 0 {
		return []rune{}
	}
	var a []rune
	if buf != nil && n <= len(buf) {
		a = buf[:]
		clear(a)
	} else {
		size := roundupsize(uintptr(n) * 4)
		a = unsafe.Slice((*rune)(mallocgc(size, nil, true)), size/4)
	}
	i := 0
	for _, r := range s {
		a[i] = r
		i++
	}
	return a[:n]
}

// slicerunetostring is string(runes).
func slicerunetostring(buf *textBuffer, a []rune) string {
	n := 0
	for _, r := range a {
		n += runeBytes(r)
	}
	s, b := rawstring(buf, n)
	for _, r := range a {
		b = b[utf8.EncodeRune(b, r):]
	}
	return s
}

// runeBytes is the length of r in UTF-8; what is no code point becomes U+FFFD, which has three bytes.
func runeBytes(r rune) int {
	if n := utf8.RuneLen(r); n > 0 {
		return n
	}
	return 3
}

// decoderune decodes the rune at s[k:] for range over a string; pos is the index after it. s[k] is not ASCII.
func decoderune(s string, k int) (r rune, pos int) {
	r, n := utf8.DecodeRuneInString(s[k:])
	return r, k + n
}
