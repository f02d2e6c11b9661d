package functab

import (
	"encoding/binary"
	"sort"
)

// Entries that share one entry of an index; readers walk from the first of them.
const (
	functionBucket = 8
	stringBucket   = 16
)

// headerSize is the size of the header: number of functions, number of strings, offset of the index of strings, offset of the first
// function's record; the index of functions is right behind it.
const headerSize = 16

// encoder writes the table.
type encoder struct {
	strings []string
	number  map[string]uint64
}

func encode(p *program) []byte {
	e := &encoder{number: map[string]uint64{}}
	e.collect(p)
	index, records := e.functions(p.functions)
	stringIndex, text := e.stringTable()
	recordsAt := headerSize + len(index)*8
	stringsAt := recordsAt + len(records)
	stringsAt += -stringsAt & 3
	textAt := stringsAt + len(stringIndex)*4

	b := make([]byte, 0, textAt+len(text)+4)
	for _, v := range []int{len(p.functions), len(e.strings), stringsAt, recordsAt} {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	for _, x := range index {
		b = binary.LittleEndian.AppendUint32(b, uint32(x.start))
		b = binary.LittleEndian.AppendUint32(b, uint32(recordsAt+x.offset))
	}
	b = append(b, records...)
	b = append(b, make([]byte, stringsAt-len(b))...)
	for _, offset := range stringIndex {
		b = binary.LittleEndian.AppendUint32(b, uint32(textAt+offset))
	}
	b = append(b, text...)
	return append(b, make([]byte, -len(b)&3)...)
}

// collect numbers all names and files in sorted order, so that neighbours share prefixes.
func (e *encoder) collect(p *program) {
	seen := map[string]bool{}
	for _, fn := range p.functions {
		seen[fn.name], seen[fn.file] = true, true
		for _, n := range fn.nodes {
			seen[n.name], seen[n.file] = true, true
		}
		for _, s := range fn.sites {
			seen[s.file] = true
		}
	}
	for s := range seen {
		e.strings = append(e.strings, s)
	}
	sort.Strings(e.strings)
	for i, s := range e.strings {
		e.number[s] = uint64(i)
	}
}

// bucket is an entry of the index of functions.
type bucket struct {
	start  uint64
	offset int
}

func (e *encoder) functions(list []*function) (index []bucket, records []byte) {
	var last uint64
	for i, fn := range list {
		if i%functionBucket == 0 {
			index = append(index, bucket{fn.low, len(records)})
			last = fn.low
		}
		body := e.function(fn)
		records = binary.AppendUvarint(records, (fn.low-last)/2)
		records = binary.AppendUvarint(records, uint64(len(body)))
		records = append(records, body...)
		last = fn.low
	}
	return index, records
}

// function is the record of fn behind its start and length.
func (e *encoder) function(fn *function) []byte {
	usual := fn.usualFrame()
	b := binary.AppendUvarint(nil, (fn.high-fn.low)/2)
	b = binary.AppendUvarint(b, e.number[fn.name]<<2|uint64(fn.kind))
	b = binary.AppendUvarint(b, e.number[fn.file])
	b = binary.AppendUvarint(b, uint64(fn.line))
	b = binary.AppendUvarint(b, frameCode(usual))
	b = binary.AppendUvarint(b, uint64(len(fn.nodes)))
	for _, n := range fn.nodes {
		b = binary.AppendUvarint(b, uint64(n.parent))
		b = binary.AppendUvarint(b, e.number[n.name]<<2|uint64(n.kind))
		b = binary.AppendUvarint(b, e.number[n.file])
		b = binary.AppendUvarint(b, uint64(n.line))
	}
	last := site{ra: fn.low, file: fn.file, line: fn.line}
	for _, s := range fn.sites {
		b = e.site(b, last, s, usual)
		last = s
	}
	return b
}

// Bits of a site's first number, below the distance from the last.
const (
	siteMoved = 1 << iota // node and file differ from the last one's
	siteFrame             // the frame is not the function's usual one
	siteBits  = iota
)

func (e *encoder) site(b []byte, last, s site, usual int64) []byte {
	moved, framed := s.node != last.node || s.file != last.file, s.frame != usual
	first := (s.ra - last.ra) / 2 << siteBits
	if moved {
		first |= siteMoved
	}
	if framed {
		first |= siteFrame
	}
	b = binary.AppendUvarint(b, first)
	b = binary.AppendVarint(b, int64(s.line-last.line))
	if moved {
		b = binary.AppendUvarint(b, uint64(s.node))
		b = binary.AppendUvarint(b, e.number[s.file])
	}
	if framed {
		b = binary.AppendUvarint(b, frameCode(s.frame))
	}
	return b
}

// frameCode is a frame's size in words plus 1; 0 when it is not known.
func frameCode(size int64) uint64 {
	if size < 0 {
		return 0
	}
	return uint64(size)/4 + 1
}

// usualFrame is the size of the frame at most calls.
func (fn *function) usualFrame() int64 {
	usual, most := int64(-1), 0
	count := map[int64]int{}
	for _, s := range fn.sites {
		count[s.frame]++
		if count[s.frame] > most {
			usual, most = s.frame, count[s.frame]
		}
	}
	return usual
}

// stringTable writes the strings: the length that each shares with the one before, the length of the rest, and the rest.
func (e *encoder) stringTable() (index []int, text []byte) {
	last := ""
	for i, s := range e.strings {
		if i%stringBucket == 0 {
			index = append(index, len(text))
			last = ""
		}
		shared := 0
		for shared < len(s) && shared < len(last) && s[shared] == last[shared] {
			shared++
		}
		text = binary.AppendUvarint(text, uint64(shared))
		text = binary.AppendUvarint(text, uint64(len(s)-shared))
		text = append(text, s[shared:]...)
		last = s
	}
	return index, text
}
