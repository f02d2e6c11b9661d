package stack

import "math/bits"

// Register numbers of the Arm procedure call standard.
const (
	thumbSP = 13
	thumbLR = 14
	thumbPC = 15
)

// thumb decodes one function of Thumb code, of Armv6-M, v7-M or v8-M (Armv7-M ARM, A5 and A7; Armv8-M ARM, C2).
type thumb struct {
	*code
	fn      *function
	depth   int64 // sum of what instructions take from the stack
	tables  bool  // it has jumps through tables: not all predecessors are known
	sources map[uint64][]uint64
}

// decode fills the function's calls and returns the bytes that its instructions take from the stack, each counted once.
func (t *thumb) decode() int64 {
	var indirect []uint64
	for pc := t.skipData(t.fn.low); pc < t.fn.high; pc = t.skipData(pc + t.size(pc)) {
		h := t.half(pc)
		if t.size(pc) == 4 {
			t.wide(pc, h, t.half(pc+2))
		} else if t.narrow(pc, h) {
			indirect = append(indirect, pc)
		}
	}
	for _, pc := range indirect {
		t.throughRegister(pc, t.half(pc))
	}
	return t.depth
}

// size is that of the instruction at pc: 11101, 11110 and 11111 begin those of two half-words.
func (t *thumb) size(pc uint64) uint64 {
	if t.half(pc)>>11 >= 0x1D {
		return 4
	}
	return 2
}

// narrow decodes an instruction of one half-word, and says whether it is a call or jump through a register.
func (t *thumb) narrow(pc uint64, h uint32) bool {
	switch {
	case h&0xFF00 == 0x4700: // BX, BLX
		return h&0x80 != 0 || h>>3&15 != thumbLR
	case h&0xFF87 == 0x4687, h&0xFF87 == 0x4487: // MOV pc, ADD pc: a jump table
		t.tables = true
	case h&0xFF87 == 0x4485, h&0xFF87 == 0x4685: // ADD sp, MOV sp
		t.fn.dynamic = "the stack pointer is computed"
	case h&0xFE00 == 0xB400: // PUSH
		t.depth += 4 * int64(bits.OnesCount32(h&0x1FF))
	case h&0xFF80 == 0xB080: // SUB sp
		t.depth += 4 * int64(h&0x7F)
	case h&0xF000 == 0xD000 && h>>9&7 != 7: // B<c>; conditions 14 and 15 are UDF and SVC
		t.branch(pc, pc+4+signed(h&0xFF, 8)*2)
	case h&0xF800 == 0xE000: // B
		t.branch(pc, pc+4+signed(h&0x7FF, 11)*2)
	case h&0xF500 == 0xB100: // CBZ, CBNZ
		t.branch(pc, pc+4+uint64(h>>9&1<<6|h>>3&31<<1))
	}
	return false
}

// link notes a BL: a call, or in v6-M code, whose B does not reach far, a jump inside of a function.
func (t *thumb) link(pc, to uint64) {
	if to > t.fn.low && to < t.fn.high {
		t.branch(pc, to)
		return
	}
	t.fn.call(to)
}

// branch notes a jump and, inside of the function, where it leads from.
func (t *thumb) branch(pc, to uint64) {
	if t.sources == nil {
		t.sources = map[uint64][]uint64{}
	}
	t.sources[to] = append(t.sources[to], pc)
	t.fn.jump(to)
}

// wide decodes an instruction of two half-words.
func (t *thumb) wide(pc uint64, h, l uint32) {
	switch {
	case h&0xF800 == 0xF000 && l&0xD000 == 0xD000: // BL
		t.link(pc, pc+4+wideOffset(h, l))
	case h&0xF800 == 0xF000 && l&0xD000 == 0x9000: // B.W
		t.branch(pc, pc+4+wideOffset(h, l))
	case h&0xF800 == 0xF000 && l&0xD000 == 0x8000 && h>>7&7 != 7: // B<c>.W
		offset := h>>10&1<<20 | l>>11&1<<19 | l>>13&1<<18 | h&0x3F<<12 | l&0x7FF<<1
		t.branch(pc, pc+4+signed(offset, 21))
	case h == 0xE92D: // PUSH.W
		t.depth += 4 * int64(bits.OnesCount32(l))
	case h == 0xF84D && l&0xF00 == 0xD00: // STR.W [sp, #-n]!
		t.depth += int64(l & 0xFF)
	case h == 0xE96D: // STRD [sp, #-n]!
		t.depth += 4 * int64(l&0xFF)
	case h&0xFFBF == 0xED2D && l&0xE00 == 0xA00: // VPUSH
		t.depth += 4 * int64(l&0xFF)
	case h&0xFBFF == 0xF2AD && l&0x8F00 == 0x0D00: // SUBW sp, sp, #imm12
		t.depth += int64(immediate12(h, l))
	case h&0xFBEF == 0xF1AD && l&0x8F00 == 0x0D00: // SUB.W sp, sp, #const
		t.depth += int64(expand(immediate12(h, l)))
	case h&0xFFE0 == 0xEBA0 && l&0x0F00 == 0x0D00, h&0xFFE0 == 0xEB00 && l&0x0F00 == 0x0D00 && l&0x8000 == 0: // SUB.W, ADD.W sp, rn, rm
		t.fn.dynamic = "the stack pointer is computed"
	case h&0xFFF0 == 0xE8D0 && l&0xFFE0 == 0xF000: // TBB, TBH
		t.tables = true
	case h&0xFF70 == 0xF850 && l>>12 == thumbPC && h&15 != thumbSP: // LDR.W pc, other than from the stack
		t.fn.unknown(pc, "a jump to an address from memory", true)
	}
}

// wideOffset is the distance of BL and B.W (encoding T4 of B).
func wideOffset(h, l uint32) uint64 {
	s := h >> 10 & 1
	i1, i2 := ^(l>>13^s)&1, ^(l>>11^s)&1
	return signed(s<<24|i1<<23|i2<<22|h&0x3FF<<12|l&0x7FF<<1, 25)
}

func immediate12(h, l uint32) uint32 { return h>>10&1<<11 | l>>12&7<<8 | l&0xFF }

// expand is ThumbExpandImm.
func expand(v uint32) uint32 {
	b := v & 0xFF
	if v>>10 != 0 {
		return bits.RotateLeft32(v&0x7F|0x80, -int(v>>7))
	}
	switch v >> 8 & 3 {
	case 1:
		return b<<16 | b
	case 2:
		return b<<24 | b<<8
	case 3:
		return b<<24 | b<<16 | b<<8 | b
	}
	return b
}

// signed extends a number of so many bits.
func signed(v uint32, width int) uint64 {
	return uint64(int64(int32(v<<(32-width)) >> (32 - width)))
}
