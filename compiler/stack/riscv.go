package stack

// Register numbers of the RISC-V calling convention.
const (
	riscvRA = 1
	riscvSP = 2
	riscvT0 = 5
)

// riscv decodes one function of RV32 code, compressed instructions included (RISC-V unprivileged ISA, chapters "RV32I", "C").
type riscv struct {
	*code
	fn    *function
	depth int64
	upper map[uint32]uint64 // values that AUIPC just made, by register
}

// decode fills the function's calls and returns the bytes that its instructions take from the stack, each counted once.
func (r *riscv) decode() int64 {
	for pc := r.skipData(r.fn.low); pc < r.fn.high; {
		h := r.half(pc)
		upper := r.upper
		r.upper = nil
		size := uint64(2)
		if h&3 == 3 {
			r.wide(pc, r.word(pc), upper)
			size = 4
		} else {
			r.compressed(pc, h)
		}
		pc = r.skipData(pc + size)
	}
	return r.depth
}

// wide decodes an instruction of 32 bits. upper is what the one before it made.
func (r *riscv) wide(pc uint64, w uint32, upper map[uint32]uint64) {
	rd, rs1 := w>>7&31, w>>15&31
	switch w & 0x7F {
	case 0x6F: // JAL
		r.link(rd, pc+signed(w>>31<<20|w>>12&0xFF<<12|w>>20&1<<11|w>>21&0x3FF<<1, 21))
	case 0x67: // JALR
		if base, ok := upper[rs1]; ok {
			r.link(rd, (base+signed(w>>20, 12))&0xFFFF_FFFE)
		} else {
			r.register(pc, rd, rs1)
		}
	case 0x17: // AUIPC
		r.upper = map[uint32]uint64{rd: pc + uint64(w&0xFFFF_F000)}
	case 0x63: // branches
		r.fn.jump(pc + signed(w>>31<<12|w>>7&1<<11|w>>25&0x3F<<5|w>>8&15<<1, 13))
	case 0x13: // ADDI and others with an immediate
		if rd == riscvSP && rs1 == riscvSP && w>>12&7 == 0 {
			r.adjust(int64(signed(w>>20, 12)))
		} else if rd == riscvSP {
			r.computed()
		}
	case 0x33, 0x37, 0x03: // register to register, LUI, loads
		if rd == riscvSP {
			r.computed()
		}
	}
}

// compressed decodes an instruction of 16 bits.
func (r *riscv) compressed(pc uint64, h uint32) {
	rd := h >> 7 & 31
	switch h&3<<3 | h>>13 {
	case 1<<3 | 0: // C.ADDI
		if rd == riscvSP {
			r.adjust(int64(signed(h>>12&1<<5|h>>2&31, 6)))
		}
	case 1<<3 | 1: // C.JAL
		r.fn.call(pc + compressedOffset(h))
	case 1<<3 | 5: // C.J
		r.fn.jump(pc + compressedOffset(h))
	case 1<<3 | 6, 1<<3 | 7: // C.BEQZ, C.BNEZ
		r.fn.jump(pc + signed(h>>12&1<<8|h>>5&3<<6|h>>2&1<<5|h>>10&3<<3|h>>3&3<<1, 9))
	case 1<<3 | 2: // C.LI
		if rd == riscvSP {
			r.computed()
		}
	case 1<<3 | 3: // C.ADDI16SP, C.LUI
		if rd == riscvSP {
			r.adjust(int64(signed(h>>12&1<<9|h>>3&3<<7|h>>5&1<<6|h>>2&1<<5|h>>6&1<<4, 10)))
		}
	case 2<<3 | 2: // C.LWSP
		if rd == riscvSP {
			r.computed()
		}
	case 2<<3 | 4: // C.JR, C.JALR, C.MV, C.ADD
		r.registers(pc, h, rd)
	}
}

// registers decodes the compressed group of jumps through registers, moves and additions.
func (r *riscv) registers(pc uint64, h, rd uint32) {
	switch rs2 := h >> 2 & 31; {
	case rs2 == 0 && rd == 0: // C.EBREAK
	case rs2 == 0:
		r.register(pc, h>>12&1*riscvRA, rd)
	case rd == riscvSP:
		r.computed()
	}
}

// compressedOffset is the distance of C.J and C.JAL.
func compressedOffset(h uint32) uint64 {
	return signed(h>>12&1<<11|h>>8&1<<10|h>>9&3<<8|h>>6&1<<7|h>>7&1<<6|h>>2&1<<5|h>>11&1<<4|h>>3&7<<1, 12)
}

// link notes a jump to a known place, a call when it keeps the return address.
func (r *riscv) link(rd uint32, to uint64) {
	if rd == 0 {
		r.fn.jump(to)
	} else {
		r.fn.call(to)
	}
}

// register notes a jump through a register: a return, the return of an outlined function (through t0), or anything.
func (r *riscv) register(pc uint64, rd, rs1 uint32) {
	switch {
	case rd != 0:
		r.fn.unknown(pc, "a call through a func value or interface", false)
	case rs1 == riscvRA, rs1 == riscvT0 && outlined(r.fn.name):
	default:
		r.fn.unknown(pc, "a jump through a func value, an interface or a table", true)
	}
}

func (r *riscv) adjust(n int64) {
	if n < 0 {
		r.depth -= n
	}
}

func (r *riscv) computed() { r.fn.dynamic = "the stack pointer is computed" }
