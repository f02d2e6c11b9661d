//go:build mote

package runtime

import "unsafe"

// functab is the table of functions that the linker adds to programs that refer to it (doc/spec/functab.md).
//
//mote:symbol _functab
var functab [0]byte

// Entries of the table that share an entry of an index.
const (
	functionBucket = 8
	stringBucket   = 16
)

// What a function is to a list of calls: the two lowest bits of its name.
const (
	callOrdinary = iota
	callHidden   // Go does not show it
	callBottom   // nobody called it
	callKind     = 3
)

// tableWord is the word at an offset of the table.
//
// Safety: offsets come from the table itself, which the linker has made.
func tableWord(offset uintptr) uintptr {
	return *(*uintptr)(unsafe.Add(unsafe.Pointer(&functab), offset))
}

// tableReader reads numbers from a place in the table.
type tableReader struct{ at unsafe.Pointer }

func readTable(offset uintptr) tableReader {
	return tableReader{unsafe.Add(unsafe.Pointer(&functab), offset)}
}

// uvarint reads an unsigned number: seven bits a byte, the lowest first.
//
// Safety: the table's records are complete, so the number ends inside.
func (r *tableReader) uvarint() uintptr {
	var v uintptr
	for shift := uintptr(0); ; shift += 7 {
		b := *(*byte)(r.at)
		r.at = unsafe.Add(r.at, 1)
		v |= uintptr(b&0x7f) << (shift & 31)
		if b < 0x80 {
			return v
		}
	}
}

// varint reads a signed number: the sign is the lowest bit.
func (r *tableReader) varint() uintptr {
	v := r.uvarint()
	return v>>1 ^ -(v & 1)
}

// tableString is the string with number n: each takes what it shares with the one before from that.
//
// Safety: n comes from the table; lengths are those of strings in it.
func tableString(n uintptr) string {
	r := readTable(tableWord(tableWord(8) + n/stringBucket*4))
	var text []byte
	for i := uintptr(0); ; i++ {
		shared := r.uvarint()
		rest := r.uvarint()
		text = append(text[:shared], unsafe.Slice((*byte)(r.at), rest)...)
		if i == n%stringBucket {
			return unsafe.String(unsafe.SliceData(text), len(text))
		}
		r.at = unsafe.Add(r.at, rest)
	}
}

// tableFunction is a function of the table.
type tableFunction struct {
	low, high  uintptr     // its code, without codeBit
	name       uintptr     // number of the string << 2 | what it is to a list of calls
	file, line uintptr     // where it is declared
	frame      uintptr     // usual size of its frame at calls, in words, plus 1; 0: not known
	nodes      tableReader // calls inlined into it ...
	count      uintptr     // ... and how many there are
	sites      tableReader // its calls ...
	end        uintptr     // ... up to this address
}

// findFunction looks for the function that pc lies in.
func findFunction(pc uintptr, f *tableFunction) bool {
	count := tableWord(0)
	lo, hi := uintptr(0), (count+functionBucket-1)/functionBucket
	for lo < hi { // the first bucket that begins behind pc
		if mid := (lo + hi) / 2; tableWord(16+mid*8) <= pc {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return false
	}
	bucket := lo - 1
	start := tableWord(16 + bucket*8)
	r := readTable(tableWord(16 + bucket*8 + 4))
	for left := min(functionBucket, count-bucket*functionBucket); left > 0; left-- {
		start += r.uvarint() * 2
		length := r.uvarint()
		if start > pc {
			return false
		}
		body := r
		if high := start + body.uvarint()*2; pc < high {
			f.low, f.high = start, high
			f.read(body, uintptr(r.at)+length)
			return true
		}
		r.at = unsafe.Add(r.at, length)
	}
	return false
}

func (f *tableFunction) read(r tableReader, end uintptr) {
	f.name = r.uvarint()
	f.file = r.uvarint()
	f.line = r.uvarint()
	f.frame = r.uvarint()
	f.count = r.uvarint()
	f.nodes = r
	for i := f.count * 4; i > 0; i-- {
		r.uvarint()
	}
	f.sites, f.end = r, end
}

// tableSite is the source position of a call, and the frame of the function that it is in.
type tableSite struct {
	node       uintptr // number of the innermost inlined call around it; 0: none
	file, line uintptr
	frame      uintptr
}

// site is the call instruction that pc lies in or right behind. When there is none, it is the call before, or the declaration.
func (f *tableFunction) site(pc uintptr) tableSite {
	s := tableSite{file: f.file, line: f.line, frame: f.frame}
	ra := f.low
	r := f.sites // outside of the loop: its own in each round would be on the heap
	for uintptr(r.at) < f.end {
		next := s
		first := r.uvarint()
		ra += first >> 2 * 2
		next.line += r.varint()
		if first&1 != 0 {
			next.node = r.uvarint()
			next.file = r.uvarint()
		}
		next.frame = f.frame
		if first&2 != 0 {
			next.frame = r.uvarint()
		}
		if ra >= pc {
			if ra-pc < 4 { // the longest call instruction
				return next
			}
			break
		}
		s = next
	}
	s.frame = f.frame
	return s
}

// callPosition is one of the functions that a call is in: an inlined one or, when node is 0, the one that has the code.
type callPosition struct {
	node       uintptr
	file, line uintptr
}

// nameOf is the number of the function's name with what it is to a list of calls.
func (f *tableFunction) nameOf(c callPosition) uintptr {
	if c.node == 0 {
		return f.name
	}
	r := f.nodeRecord(c.node)
	r.uvarint()
	return r.uvarint()
}

// outer goes to the function around c; false when there is none.
func (f *tableFunction) outer(c *callPosition) bool {
	if c.node == 0 {
		return false
	}
	r := f.nodeRecord(c.node)
	c.node = r.uvarint()
	r.uvarint()
	c.file = r.uvarint()
	c.line = r.uvarint()
	return true
}

// nodeRecord is the record of an inlined call: parent, name, and file and line of the call.
func (f *tableFunction) nodeRecord(n uintptr) tableReader {
	r := f.nodes
	for i := (n - 1) * 4; i > 0; i-- {
		r.uvarint()
	}
	return r
}
