package stack

// LLVM keeps the address of a function that a block calls three times or more in a register when it optimises for size. Where all
// that can be in the register is literals of this function, the calls are as good as direct.

// throughRegister resolves BX and BLX rm at pc.
func (t *thumb) throughRegister(pc uint64, h uint32) {
	register := h >> 3 & 15
	targets := map[uint64]bool{}
	if !t.literals(pc, register, map[uint64]bool{}, targets) || len(targets) == 0 {
		if h&0x80 != 0 {
			t.fn.unknown(pc, "a call through a func value or interface", false)
		} else {
			t.fn.unknown(pc, "a jump through a func value or interface", true)
		}
		return
	}
	for _, fn := range t.functions {
		if targets[fn.low] {
			t.fn.calls = append(t.fn.calls, call{to: fn.low, tail: h&0x80 == 0})
		}
	}
}

// literals collects what is in a register before the instruction at pc; false when there can be anything else than
// literals that are addresses of functions.
func (t *thumb) literals(pc uint64, register uint32, seen, targets map[uint64]bool) bool {
	if t.tables {
		return false
	}
	for _, from := range t.predecessors(pc) {
		if seen[from] {
			continue
		}
		seen[from] = true
		if value, ok := t.literal(from, register); ok {
			to := t.address(uint64(value))
			if value&1 == 0 || t.at(to) == nil || t.at(to).low != to {
				return false
			}
			targets[to] = true
			continue
		}
		if t.writes(from, register) || !t.literals(from, register, seen, targets) {
			return false
		}
	}
	return pc != t.fn.low
}

// predecessors are the instructions after which pc can be next.
func (t *thumb) predecessors(pc uint64) []uint64 {
	list := append([]uint64(nil), t.sources[pc]...)
	for _, size := range []uint64{2, 4} {
		before := pc - size
		if before >= t.fn.low && t.isInstruction(before) && before+t.size(before) == pc && !t.ends(before) {
			list = append(list, before)
		}
	}
	return list
}

// isInstruction tells whether one begins at an address. They are found from the front only.
func (t *thumb) isInstruction(addr uint64) bool {
	for pc := t.skipData(t.fn.low); pc <= addr; pc = t.skipData(pc + t.size(pc)) {
		if pc == addr {
			return true
		}
	}
	return false
}

// ends tells whether the instruction at pc never goes on with the next one.
func (t *thumb) ends(pc uint64) bool {
	h, l := t.half(pc), t.half(pc+2)
	if t.size(pc) == 4 {
		return h&0xF800 == 0xF000 && l&0xD000 == 0x9000
	}
	return h&0xF800 == 0xE000 || h&0xFF80 == 0x4700 || h&0xFF00 == 0xBD00 || h&0xFF00 == 0xDE00
}

// literal is the value that the instruction at pc loads into a register from the literal pool.
func (t *thumb) literal(pc uint64, register uint32) (uint32, bool) {
	h, l := t.half(pc), t.half(pc+2)
	base := (pc + 4) &^ 3
	switch {
	case h&0xF800 == 0x4800 && h>>8&7 == register:
		return t.word(base + uint64(h&0xFF)*4), true
	case h&0xFFFF == 0xF8DF && l>>12 == register:
		return t.word(base + uint64(l&0xFFF)), true
	}
	return 0, false
}

// writes tells whether the instruction at pc may change a register. It may say so too often, never too rarely.
func (t *thumb) writes(pc uint64, register uint32) bool {
	h, l := t.half(pc), t.half(pc+2)
	if t.size(pc) == 4 {
		return t.wideWrites(h, l, register)
	}
	low := register < 8
	list := low && h>>register&1 != 0
	switch h >> 12 {
	case 0, 1, 5, 6, 7, 8: // shifts, ADD, SUB; loads and stores
		return h&7 == register
	case 2, 3, 9, 10: // immediates; sp-relative; ADR
		return h>>8&7 == register
	case 4:
		switch {
		case h&0xFC00 == 0x4000:
			return h&7 == register
		case h&0xFF80 == 0x4780: // BLX: what the callee need not keep
			return register < 4 || register == 12 || register == thumbLR
		case h&0xFF00 == 0x4700:
			return false
		case h&0xFC00 == 0x4400:
			return h&7|h>>4&8 == register
		}
		return h>>8&7 == register
	case 11:
		return h&0xFE00 == 0xBC00 && list || h&0xFE00 != 0xBC00 && h&0xFE00 != 0xB400 && h&0xF500 != 0xB100 && h&7 == register
	case 12:
		return h>>8&7 == register || h&0x800 != 0 && list
	}
	return false
}

func (t *thumb) wideWrites(h, l, register uint32) bool {
	if h&0xF800 == 0xF000 && l&0x8000 != 0 { // branches, BL
		return register < 4 || register == 12 || register == thumbLR
	}
	if h&0xFE40 == 0xE800 && h&15 != register { // LDM, STM
		return l>>register&1 != 0
	}
	return h&15 == register || l>>12 == register || l>>8&15 == register
}
