package elfgate

import "encoding/binary"

// extension is a group of instructions that came after v8.0 of the architecture, or was always optional.
type extension struct {
	feature   string // Linux's name (arch/arm64/include/uapi/asm/hwcap.h), as in /proc/cpuinfo
	level     string // the level that has it: for good if mandatory, else as an option
	mandatory bool
	patterns  []pattern
}

// pattern matches instructions: word & mask == value.
type pattern struct{ mask, value uint32 }

// extensions are the groups that are looked for, with encodings from the Arm Architecture Reference Manual (DDI 0487), chapter C4. The order matters where
// the encodings of one are a part of another's: the first that matches counts.
func extensions() []extension {
	return []extension{
		{"lrcpc", "v8.3", true, []pattern{{0x3ffffc00, 0x38bfc000}}},                                                       // LDAPR
		{"atomics", "v8.1", true, []pattern{{0x3fa07c00, 0x08a07c00}, {0xbfa07c00, 0x08207c00}, {0x3f200c00, 0x38200000}}}, // CAS, CASP, LDADD to SWP
		{"asimdrdm", "v8.1", true, []pattern{{0xbf20fc00, 0x2e008400}, {0xbf20fc00, 0x2e008c00}}},                          // SQRDMLAH, SQRDMLSH
		{"paca", "v8.3", true, []pattern{{0xffff8000, 0xdac10000}, {0xfedff800, 0xd61f0800}, {0xfffffbff, 0xd65f0bff}}},    // PACIA, BRAA, RETAA
		{"jscvt", "v8.3", true, []pattern{{0xfffffc00, 0x1e7e0000}}},                                                       // FJCVTZS
		{"ilrcpc", "v8.4", true, []pattern{{0x3f200c00, 0x19000000}}},                                                      // LDAPUR, STLUR
		{"flagm", "v8.4", true, []pattern{{0xffffffff, 0xd500401f}, {0xffe07c10, 0xba000400}, {0xffffbc1f, 0x3a00080d}}},   // CFINV, RMIF, SETF
		{"asimddp", "v8.4", true, []pattern{{0x9f20fc00, 0x0e009400}}},                                                     // SDOT, UDOT
		{"sha512", "v8.2", false, []pattern{{0xffe0f800, 0xce608000}, {0xfffffc00, 0xcec08000}}},                           // SHA512H, SHA512SU0
		{"sha3", "v8.2", false, []pattern{{0xff808000, 0xce000000}, {0xffe0fc00, 0xce608c00}, {0xffe00000, 0xce800000}}},   // EOR3, BCAX, RAX1, XAR
		{"sve", "v8.2", false, []pattern{{0x1e000000, 0x04000000}}},
		{"aes", "v8.0", false, []pattern{{0xffffcc00, 0x4e284800}}},                            // AESE to AESIMC
		{"pmull", "v8.0", false, []pattern{{0xbfe0fc00, 0x0ee0e000}}},                          // PMULL of 64 bits
		{"sha2", "v8.0", false, []pattern{{0xffe0cc00, 0x5e004000}, {0xffffec00, 0x5e282800}}}, // SHA256H to SU1, SU0
		{"sha1", "v8.0", false, []pattern{{0xffe0cc00, 0x5e000000}, {0xffffec00, 0x5e280800}}}, // SHA1C to SU0, H and SU1
		{"crc32", "v8.1", true, []pattern{{0x7fe0e000, 0x1ac04000}}},
	}
}

// code is the bytes of a segment and the address of the first.
type code struct {
	data []byte
	base uint64
}

// site is an instruction of an extension. It is guarded if the function has tested a flag in memory before.
type site struct {
	feature string
	guarded bool
}

// sites finds the instructions of the extensions in the words from start to end.
func (c *code) sites(start, end uint64, all []extension) []site {
	var found []site
	var w watcher
	var pool map[uint64]bool
	for at := start; at+4 <= end; at += 4 {
		word := binary.LittleEndian.Uint32(c.data[at-c.base:])
		w.see(word)
		if feature := match(word, all); feature != "" {
			if pool == nil {
				pool = c.pool(start, end)
			}
			if !pool[at] {
				found = append(found, site{feature, w.guarded})
			}
		}
	}
	return found
}

// match names the extension of an instruction; empty for those of the base.
func match(word uint32, all []extension) string {
	for i := range all {
		for _, p := range all[i].patterns {
			if word&p.mask == p.value {
				return all[i].feature
			}
		}
	}
	return ""
}

// pool finds the words that instructions load as constants (LDR literal): they are data among the code.
func (c *code) pool(start, end uint64) map[uint64]bool {
	words := map[uint64]bool{}
	for at := start; at+4 <= end; at += 4 {
		word := binary.LittleEndian.Uint32(c.data[at-c.base:])
		if word&0x3b000000 != 0x18000000 {
			continue
		}
		target := at + uint64(int64(int32(word<<8)>>13)*4)
		size := uint64(4)
		switch {
		case word&(1<<26) == 0 && word>>30 == 1: // X register
			size = 8
		case word&(1<<26) != 0: // S, D, Q
			size = 4 << (word >> 30)
		}
		for n := uint64(0); n < size; n += 4 {
			words[target+n] = true
		}
	}
	return words
}

// watcher follows one function in the order of its addresses for the test of a flag, as compiler and assembly write it:
//
//	ADRP  Rb, page of internal/cpu.ARM64 or runtime.arm64HasATOMICS
//	LDRB  Rt, [Rb, #offset]      or LDRSB
//	CBZ   Rt, ...       or CBNZ, TBZ, TBNZ
//
// From there on the function counts as guarded. A function that tests a flag for another reason would count too; Go's compiler emits these instructions either
// everywhere without test or everywhere with it, so that it would not be alone.
type watcher struct {
	pages   uint32 // registers that hold a page address
	flags   uint32 // registers that hold a byte loaded from there
	guarded bool
}

func (w *watcher) see(word uint32) {
	to := word & 31
	switch {
	case w.guarded:
	case word&0x9f000000 == 0x90000000: // ADRP
		w.pages |= 1 << to
		w.flags &^= 1 << to
	case word&0xff000000 == 0x39000000 && word&0x00c00000 != 0: // LDRB, LDRSB with an unsigned offset
		from := word >> 5 & 31
		w.flags &^= 1 << to
		if w.pages&(1<<from) != 0 {
			w.flags |= 1 << to
		}
		w.pages &^= 1 << to
	case word&0x7e000000 == 0x34000000, word&0x7e000000 == 0x36000000: // CBZ, CBNZ, TBZ, TBNZ
		w.guarded = w.flags&(1<<to) != 0
	}
}
