package functab

import (
	"debug/elf"
	"encoding/binary"
)

// calls lists the addresses behind the call instructions of fn. Code is not disassembled: a constant between instructions that
// looks like a call is listed too, which costs a few bytes of table and harms nobody.
func calls(f *elf.File, fn *function) []uint64 {
	code := text(f, fn.low, fn.high)
	isCall := riscvCall
	if f.Machine == elf.EM_ARM {
		isCall = thumbCall
	}
	var list []uint64
	for end := 2; end <= len(code); end += 2 {
		last := binary.LittleEndian.Uint16(code[end-2:])
		var first uint16
		if end >= 4 {
			first = binary.LittleEndian.Uint16(code[end-4:])
		}
		if isCall(first, last) {
			list = append(list, fn.low+uint64(end))
		}
	}
	return list
}

// thumbCall tells whether two half-words end in BLX register or are BL (Armv7-M ARM A7.7.18 and A7.7.19).
func thumbCall(first, last uint16) bool {
	return last&0xFF87 == 0x4780 || last&0xD000 == 0xD000 && first&0xF800 == 0xF000
}

// riscvCall tells whether two half-words end in C.JAL or C.JALR, or are JAL or JALR, with ra as the link register.
func riscvCall(first, last uint16) bool {
	if last&0xE003 == 0x2001 || last&0xF07F == 0x9002 && last&0x0F80 != 0 {
		return true
	}
	return first&0xFFF == 0x0EF || first&0xFFF == 0x0E7
}

// text reads the code from low to high, nil when the image does not have it.
func text(f *elf.File, low, high uint64) []byte {
	for _, s := range f.Sections {
		if s.Flags&elf.SHF_EXECINSTR == 0 || s.Type == elf.SHT_NOBITS || low < s.Addr || high > s.Addr+s.Size {
			continue
		}
		b := make([]byte, high-low)
		if n, _ := s.ReadAt(b, int64(low-s.Addr)); n == len(b) {
			return b
		}
	}
	return nil
}
