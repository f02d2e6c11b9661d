package trace

import (
	"encoding/binary"
	"sort"
)

// stack is one goroutine's raw trace.
type stack struct {
	pc, sp uint64
	lr     uint64 // the return address register, known when the goroutine was interrupted; 0 otherwise
	words  []word // by address
}

// word is a plausible return address on the stack.
type word struct{ at, value uint64 }

// maxFrames bounds a trace; the device reports at most 256 words.
const maxFrames = 300

// unwind lists the addresses of the calls that are in progress, innermost first: pc itself, then one inside each call instruction.
//
// A frame whose description is missing or depends on a register that nobody reported is left by guess: the next word whose call
// instruction goes to this function, or else the next word.
func (img *Image) unwind(s stack) []uint64 {
	sort.SliceStable(s.words, func(i, j int) bool { return s.words[i].at < s.words[j].at })
	pcs := []uint64{img.code(s.pc)}
	pc, sp := img.code(s.pc), s.sp
	for len(pcs) < maxFrames {
		next, ok := img.caller(s, pc, sp, len(pcs) == 1)
		if !ok {
			break
		}
		pc, sp = img.callSite(next.value), next.at+4
		if next.sp > sp {
			sp = next.sp
		}
		pcs = append(pcs, pc)
	}
	return pcs
}

// callSite is an address inside the call instruction that returns to ra.
func (img *Image) callSite(ra uint64) uint64 {
	if ra = img.code(ra); ra < 2 {
		return 0
	}
	return ra - 2
}

// returnPoint is a chosen return address and the stack pointer after the return.
type returnPoint struct {
	word
	sp uint64
}

func (img *Image) caller(s stack, pc, sp uint64, innermost bool) (returnPoint, bool) {
	r, ok := img.frames.Find(pc)
	switch {
	case ok && r.RAUndefined:
		return returnPoint{}, false
	case ok && r.OnStack(img.stackRegister()):
		cfa := sp + uint64(r.CFAOffset)
		w, found := s.wordAt(cfa + uint64(r.RAOffset))
		return returnPoint{w, cfa}, found // nothing plausible there: the goroutine's first function
	case innermost && !r.RASaved && s.lr != 0:
		cfa := sp
		if r.CFAKnown && r.CFARegister == img.stackRegister() {
			cfa = sp + uint64(r.CFAOffset)
		}
		return returnPoint{word{cfa - 4, s.lr}, cfa}, true
	}
	return img.guess(s, pc, sp)
}

func (s stack) wordAt(addr uint64) (word, bool) {
	i := sort.Search(len(s.words), func(i int) bool { return s.words[i].at >= addr })
	if i < len(s.words) && s.words[i].at == addr {
		return s.words[i], true
	}
	return word{}, false
}

// guess picks the next return address without frame information. The word is the last thing that a prologue of LLVM stores
// at the top of its frame, so the caller's stack pointer is right behind it.
func (img *Image) guess(s stack, pc, sp uint64) (returnPoint, bool) {
	function, known := lookup(img.functions, pc)
	var first *word
	for i := range s.words {
		w := &s.words[i]
		if w.at < sp {
			continue
		}
		if target, direct := img.callTarget(img.code(w.value)); known && direct && target == function.low {
			return returnPoint{*w, w.at + 4}, true
		}
		if first == nil {
			first = w
		}
	}
	if first == nil {
		return returnPoint{}, false
	}
	return returnPoint{*first, first.at + 4}, true
}

// callTarget decodes the call in front of ra; direct is false for a call through a register.
func (img *Image) callTarget(ra uint64) (target uint64, direct bool) {
	if ra < 4 {
		return 0, false
	}
	b := img.text(ra-4, 4)
	if b == nil {
		return 0, false
	}
	if img.thumb {
		return thumbCall(ra, binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:]))
	}
	return riscvCall(ra, binary.LittleEndian.Uint32(b))
}

// thumbCall decodes BL (Armv7-M ARM A7.7.18, encoding T1).
func thumbCall(ra uint64, first, second uint16) (uint64, bool) {
	if first&0xF800 != 0xF000 || second&0xD000 != 0xD000 {
		return 0, false
	}
	s := uint32(first>>10) & 1
	i1 := ^(uint32(second>>13) ^ s) & 1
	i2 := ^(uint32(second>>11) ^ s) & 1
	offset := s<<24 | i1<<23 | i2<<22 | uint32(first&0x3FF)<<12 | uint32(second&0x7FF)<<1
	return uint64(uint32(ra) + uint32(int32(offset<<7)>>7)), true
}

// riscvCall decodes JAL with rd = ra, and the compressed C.JAL of RV32.
func riscvCall(ra uint64, word uint32) (uint64, bool) {
	if word&0xFFF == 0x0EF {
		offset := word>>31<<20 | word>>12&0xFF<<12 | word>>20&1<<11 | word>>21&0x3FF<<1
		return uint64(uint32(ra-4) + uint32(int32(offset<<11)>>11)), true
	}
	if half := word >> 16; half&0xE003 == 0x2001 {
		offset := half>>12&1<<11 | half>>11&1<<4 | half>>9&3<<8 | half>>8&1<<10 | half>>7&1<<6 | half>>6&1<<7 | half>>3&7<<1 | half>>2&1<<5
		return uint64(uint32(ra-2) + uint32(int32(offset<<20)>>20)), true
	}
	return 0, false
}

// text reads code at addr, nil when the image has none there.
func (img *Image) text(addr uint64, n int) []byte {
	for _, p := range img.file.Progs {
		if addr < p.Vaddr || addr-p.Vaddr+uint64(n) > p.Filesz {
			continue
		}
		b := make([]byte, n)
		if got, _ := p.ReadAt(b, int64(addr-p.Vaddr)); got == n {
			return b
		}
	}
	return nil
}
