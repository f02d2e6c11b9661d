// Package frame reads .debug_frame, the DWARF tables that say how to get from any instruction to the caller's frame. Traces that
// the host resolves and the table that images carry for runtime.Callers both need it.
//
// Input comes from outside: nothing in it makes this package panic. Start reading at Parse and Table.Find.
package frame

import (
	"encoding/binary"
	"sort"
)

// Table is .debug_frame: for each range of code, a program that says how to find the caller's frame from any instruction.
type Table struct {
	entries []frameEntry // by address
}

// frameEntry is a frame description entry with its common information entry folded in.
type frameEntry struct {
	low, high        uint64
	codeAlign        uint64
	dataAlign        int64
	returnRegister   uint64
	initial, program []byte
}

// Rules say how to unwind from one instruction. The CFA, canonical frame address, is the caller's stack pointer.
type Rules struct {
	CFARegister uint64 // DWARF number
	CFAOffset   int64  // in bytes
	CFAKnown    bool   // register plus offset; an expression is not evaluated
	RASaved     bool   // the return address is in memory at CFA + RAOffset
	RAOffset    int64
	RAUndefined bool // no caller

	missing int64 // by how much CFAOffset was found to be too small
}

// OnStack tells whether CFA and return address can be found from the stack pointer, whose DWARF number is given, alone.
func (r Rules) OnStack(sp uint64) bool { return r.CFAKnown && r.CFARegister == sp && r.RASaved }

// Parse reads .debug_frame. Damaged entries end the table early; what was read stays usable.
func Parse(data []byte) Table {
	var t Table
	for pos := 0; pos+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[pos:]))
		end := pos + 4 + size
		if size < 4 || size > len(data) || end > len(data) {
			break
		}
		body := data[pos+4 : end]
		if pointer := binary.LittleEndian.Uint32(body); pointer != cieMark {
			if e, ok := parseEntry(data, int(pointer), body[4:]); ok {
				t.entries = append(t.entries, e)
			}
		}
		pos = end
	}
	sort.SliceStable(t.entries, func(i, j int) bool { return t.entries[i].low < t.entries[j].low })
	return t
}

// cieMark stands in the pointer field of a common information entry.
const cieMark = 0xFFFF_FFFF

func parseEntry(data []byte, cie int, body []byte) (frameEntry, bool) {
	var e frameEntry
	if cie < 0 || cie+8 > len(data) {
		return e, false
	}
	size := int(binary.LittleEndian.Uint32(data[cie:]))
	if size < 4 || size > len(data)-cie-4 || binary.LittleEndian.Uint32(data[cie+4:]) != cieMark {
		return e, false
	}
	c := reader{data: data[cie+8 : cie+4+size]}
	version := c.byte()
	augmented := c.byte() != 0 // an augmentation string has fields that are not known here
	if version >= 4 {
		c.byte() // address size
		c.byte() // segment selector size
	}
	e.codeAlign, e.dataAlign = c.uleb(), c.sleb()
	if version == 1 {
		e.returnRegister = uint64(c.byte())
	} else {
		e.returnRegister = c.uleb()
	}
	e.initial = c.data
	f := reader{data: body}
	e.low = uint64(f.uint32())
	e.high = e.low + uint64(f.uint32())
	e.program = f.data
	return e, !c.bad && !f.bad && !augmented
}

// Find returns the rules at pc; false when nothing describes it.
func (t Table) Find(pc uint64) (Rules, bool) {
	i := sort.Search(len(t.entries), func(i int) bool { return t.entries[i].low > pc }) - 1
	if i < 0 || pc >= t.entries[i].high {
		return Rules{}, false
	}
	return t.entries[i].at(pc)
}

// at runs the entry's programs up to pc.
func (e frameEntry) at(pc uint64) (Rules, bool) {
	m := frameMachine{entry: e, pc: pc, loc: e.low}
	if !m.run(e.initial) {
		return Rules{}, false
	}
	m.first = m.now
	m.run(e.program)
	m.now.CFAOffset += m.now.missing
	m.now.missing = 0
	return m.now, !m.bad
}

// frameMachine interprets call frame instructions (DWARF 5, 6.4.2), keeping only what concerns CFA and return address.
type frameMachine struct {
	entry      frameEntry
	pc, loc    uint64
	now, first Rules
	stack      []Rules
	bad        bool
	row        func(Rules) // called with each finished row, if not nil
}

// Primary opcodes in the upper two bits, then the extended ones that are used.
const (
	cfaAdvanceLoc     = 0x40
	cfaOffset         = 0x80
	cfaRestore        = 0xC0
	cfaNop            = 0x00
	cfaSetLoc         = 0x01
	cfaAdvanceLoc1    = 0x02
	cfaAdvanceLoc2    = 0x03
	cfaAdvanceLoc4    = 0x04
	cfaOffsetExtended = 0x05
	cfaRestoreExt     = 0x06
	cfaUndefined      = 0x07
	cfaSameValue      = 0x08
	CFARegister       = 0x09
	cfaRemember       = 0x0A
	cfaRestoreState   = 0x0B
	cfaDefCFA         = 0x0C
	cfaDefCFARegister = 0x0D
	cfaDefCFAOffset   = 0x0E
	cfaDefCFAExpr     = 0x0F
	cfaExpression     = 0x10
	cfaOffsetExtSF    = 0x11
	cfaDefCFASF       = 0x12
	cfaDefCFAOffsetSF = 0x13
	cfaValOffset      = 0x14
	cfaValOffsetSF    = 0x15
	cfaValExpression  = 0x16
	cfaGNUArgsSize    = 0x2E
)

// run interprets until it passes pc; false when the program is damaged.
func (m *frameMachine) run(program []byte) bool {
	r := reader{data: program}
	for len(r.data) > 0 && !r.bad && !m.bad {
		op := r.byte()
		switch op & 0xC0 {
		case cfaAdvanceLoc:
			if m.advance(uint64(op & 0x3F)) {
				return true
			}
		case cfaOffset:
			m.saved(uint64(op&0x3F), int64(r.uleb())*m.entry.dataAlign)
		case cfaRestore:
			m.restore(uint64(op & 0x3F))
		default:
			if m.extended(op, &r) {
				return true
			}
		}
	}
	m.bad = m.bad || r.bad
	return !m.bad
}

// extended interprets one extended instruction and says whether it passed pc.
func (m *frameMachine) extended(op byte, r *reader) bool {
	align := m.entry.dataAlign
	switch op {
	case cfaNop:
	case cfaSetLoc:
		to := uint64(r.uint32())
		if to > m.pc {
			return true
		}
		m.loc = to
	case cfaAdvanceLoc1:
		return m.advance(uint64(r.byte()))
	case cfaAdvanceLoc2:
		return m.advance(uint64(r.uint16()))
	case cfaAdvanceLoc4:
		return m.advance(uint64(r.uint32()))
	case cfaOffsetExtended:
		m.saved(r.uleb(), int64(r.uleb())*align)
	case cfaOffsetExtSF:
		m.saved(r.uleb(), r.sleb()*align)
	case cfaRestoreExt:
		m.restore(r.uleb())
	case cfaUndefined:
		if r.uleb() == m.entry.returnRegister {
			m.now.RAUndefined = true
		}
	case cfaSameValue:
		m.unsaved(r.uleb())
	case CFARegister, cfaValOffset:
		m.unsaved(r.uleb())
		r.uleb()
	case cfaValOffsetSF:
		m.unsaved(r.uleb())
		r.sleb()
	case cfaExpression, cfaValExpression:
		m.unsaved(r.uleb())
		r.skip(r.uleb())
	case cfaRemember:
		m.stack = append(m.stack, m.now)
	case cfaRestoreState:
		if n := len(m.stack); n > 0 {
			m.now, m.stack = m.stack[n-1], m.stack[:n-1]
		}
	case cfaDefCFA:
		m.now.CFARegister, m.now.CFAOffset, m.now.CFAKnown = r.uleb(), int64(r.uleb()), true
	case cfaDefCFASF:
		m.now.CFARegister, m.now.CFAOffset, m.now.CFAKnown = r.uleb(), r.sleb()*align, true
	case cfaDefCFARegister:
		m.now.CFARegister = r.uleb()
	case cfaDefCFAOffset:
		m.now.CFAOffset = int64(r.uleb())
	case cfaDefCFAOffsetSF:
		m.now.CFAOffset = r.sleb() * align
	case cfaDefCFAExpr:
		r.skip(r.uleb())
		m.now.CFAKnown = false
	case cfaGNUArgsSize:
		r.uleb()
	default:
		m.bad = true
	}
	return false
}

// advance moves on and says whether the next row begins behind pc.
func (m *frameMachine) advance(n uint64) bool {
	if m.row != nil {
		m.row(m.now)
	}
	m.loc += n * m.entry.codeAlign
	return m.loc > m.pc
}

// saved notes where a register is. What is saved lies in the frame: LLVM 19 forgets to count the second push of Thumb-1 prologues,
// that of r8 to r11, and this is where it shows.
func (m *frameMachine) saved(register uint64, offset int64) {
	if m.now.CFAKnown && m.now.CFARegister == m.first.CFARegister {
		m.now.missing = max(m.now.missing, -offset-m.now.CFAOffset)
	}
	if register == m.entry.returnRegister {
		m.now.RASaved, m.now.RAOffset = true, offset
	}
}

func (m *frameMachine) unsaved(register uint64) {
	if register == m.entry.returnRegister {
		m.now.RASaved = false
	}
}

func (m *frameMachine) restore(register uint64) {
	if register == m.entry.returnRegister {
		m.now.RASaved, m.now.RAOffset, m.now.RAUndefined = m.first.RASaved, m.first.RAOffset, m.first.RAUndefined
	}
}
