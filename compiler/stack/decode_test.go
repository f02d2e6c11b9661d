package stack

import (
	"debug/elf"
	"encoding/binary"
	"reflect"
	"testing"
)

// base is where the code of these tests is.
const base = 0x1000

// assemble makes a code of one function at base from half-words, with room around it for other functions.
func assemble(thumb bool, halves ...uint16) (*code, *function) {
	c := &code{thumb: thumb, base: base, byName: map[string]*function{}}
	for _, h := range halves {
		c.text = binary.LittleEndian.AppendUint16(c.text, h)
	}
	fn := &function{name: "f", low: base, high: base + uint64(len(c.text))}
	c.functions = []*function{fn}
	return c, fn
}

// decoding is an encoding from the manuals with what it means.
type decoding struct {
	name    string
	halves  []uint16
	calls   []call
	depth   int64
	dynamic bool
}

func (d decoding) check(t *testing.T, thumb bool) {
	t.Run(d.name, func(t *testing.T) {
		c, fn := assemble(thumb, d.halves...)
		if depth := c.decode(fn); depth != d.depth {
			t.Errorf("takes %d bytes, want %d", depth, d.depth)
		}
		for i := range fn.calls {
			if fn.calls[i].indirect != "" {
				fn.calls[i].indirect, fn.calls[i].from = "?", 0
			}
		}
		if !reflect.DeepEqual(fn.calls, d.calls) {
			t.Errorf("calls %+v, want %+v", fn.calls, d.calls)
		}
		if got := fn.dynamic != ""; got != d.dynamic {
			t.Errorf("dynamic %v, want %v", got, d.dynamic)
		}
	})
}

func TestThumb(t *testing.T) {
	to := func(addr uint64) []call { return []call{{to: addr}} }
	jump := func(addr uint64) []call { return []call{{to: addr, tail: true}} }
	somewhere := []call{{indirect: "?"}}
	elsewhere := []call{{indirect: "?", tail: true}}
	for _, d := range []decoding{
		{name: "bl forward", halves: []uint16{0xF000, 0xF8FE}, calls: to(base + 4 + 0x1FC)},
		{name: "bl backward", halves: []uint16{0xF7FF, 0xFFFC}, calls: to(base + 4 - 8)},
		{name: "bl far", halves: []uint16{0xF200, 0xF800}, calls: to(base + 4 + 0x200000)},
		{name: "bl farther", halves: []uint16{0xF000, 0xD000}, calls: to(base + 4 + 0xC00000)},
		{name: "bl inside", halves: []uint16{0xBF00, 0xF7FF, 0xFFFF, 0xF7FF, 0xFFFE}},
		{name: "bl to itself", halves: []uint16{0xF7FF, 0xFFFE}, calls: to(base)},
		{name: "b.w", halves: []uint16{0xF000, 0xB8FE}, calls: jump(base + 4 + 0x1FC)},
		{name: "beq.w", halves: []uint16{0xF000, 0x80FE}, calls: jump(base + 4 + 0x1FC)},
		{name: "b", halves: []uint16{0xE010}, calls: jump(base + 4 + 0x20)},
		{name: "b inside", halves: []uint16{0xE7FE}},
		{name: "bne", halves: []uint16{0xD110}, calls: jump(base + 4 + 0x20)},
		{name: "udf", halves: []uint16{0xDE10}},
		{name: "svc", halves: []uint16{0xDF10}},
		{name: "cbz", halves: []uint16{0xB3F8}, calls: jump(base + 4 + 0x7E)},
		{name: "bx lr", halves: []uint16{0x4770}},
		{name: "bx r3", halves: []uint16{0x4718}, calls: elsewhere},
		{name: "blx r1", halves: []uint16{0x4788}, calls: somewhere},
		{name: "mov pc, r0", halves: []uint16{0x4687}},
		{name: "ldr pc from a table", halves: []uint16{0xF852, 0xF023}, calls: elsewhere},
		{name: "pop of pc", halves: []uint16{0xF85D, 0xFB04}},
		{name: "push {r4-r7, lr}", halves: []uint16{0xB5F0}, depth: 20},
		{name: "sub sp, #508", halves: []uint16{0xB0FF}, depth: 508},
		{name: "add sp, #508", halves: []uint16{0xB07F}},
		{name: "push.w {r4-r11, lr}", halves: []uint16{0xE92D, 0x4FF0}, depth: 36},
		{name: "str.w lr, [sp, #-8]!", halves: []uint16{0xF84D, 0xED08}, depth: 8},
		{name: "strd r0, r1, [sp, #-16]!", halves: []uint16{0xE96D, 0x0104}, depth: 16},
		{name: "vpush {d8-d15}", halves: []uint16{0xED2D, 0x8B10}, depth: 64},
		{name: "vpush {s16}", halves: []uint16{0xED2D, 0x8A01}, depth: 4},
		{name: "sub.w sp, sp, #1024", halves: []uint16{0xF5AD, 0x6D80}, depth: 1024},
		{name: "subw sp, sp, #1028", halves: []uint16{0xF2AD, 0x4D04}, depth: 1028},
		{name: "sub.w sp, sp, r3", halves: []uint16{0xEBAD, 0x0D03}, dynamic: true},
		{name: "mov sp, r7", halves: []uint16{0x46BD}, dynamic: true},
		{name: "add sp, r6", halves: []uint16{0x44B5}, dynamic: true},
		{name: "mov r0, sp", halves: []uint16{0x4668}},
	} {
		d.check(t, true)
	}
}

func TestRISCV(t *testing.T) {
	to := func(addr uint64) []call { return []call{{to: addr}} }
	jump := func(addr uint64) []call { return []call{{to: addr, tail: true}} }
	somewhere := []call{{indirect: "?"}}
	elsewhere := []call{{indirect: "?", tail: true}}
	for _, d := range []decoding{
		{name: "jal ra, 0x100", halves: words(0x100000EF), calls: to(base + 0x100)},
		{name: "jal ra, -4", halves: words(0xFFDFF0EF), calls: to(base - 4)},
		{name: "jal t0, 0x100", halves: words(0x100002EF), calls: to(base + 0x100)},
		{name: "j 0x100", halves: words(0x1000006F), calls: jump(base + 0x100)},
		{name: "call", halves: words(0x00001097, 0x010080E7), calls: to(base + 0x1010)},
		{name: "call backward", halves: words(0xFFFFF097, 0x010080E7), calls: to(base - 0x1000 + 0x10)},
		{name: "tail", halves: words(0x00001317, 0x01030067), calls: jump(base + 0x1010)},
		{name: "auipc not just before", halves: words(0x00001097, 0x00000013, 0x010080E7), calls: somewhere},
		{name: "jalr a1", halves: words(0x000580E7), calls: somewhere},
		{name: "jr a1", halves: words(0x00058067), calls: elsewhere},
		{name: "ret", halves: words(0x00008067)},
		{name: "jr t0", halves: words(0x00028067), calls: elsewhere},
		{name: "beq", halves: words(0x10000063), calls: jump(base + 0x100)},
		{name: "bne inside", halves: words(0x00001063)},
		{name: "addi sp, sp, -64", halves: words(0xFC010113), depth: 64},
		{name: "addi sp, sp, 64", halves: words(0x04010113)},
		{name: "addi sp, s0, -64", halves: words(0xFC040113), dynamic: true},
		{name: "sub sp, sp, t0", halves: words(0x40510133), dynamic: true},
		{name: "c.jal", halves: []uint16{0x2001 | 1<<3}, calls: to(base + 2)},
		{name: "c.jal backward", halves: []uint16{0x3FFD}, calls: to(base - 2)},
		{name: "c.j", halves: []uint16{0xA001 | 1<<6}, calls: jump(base + 128)},
		{name: "c.beqz", halves: []uint16{0xC001 | 1<<10}, calls: jump(base + 8)},
		{name: "c.jr ra", halves: []uint16{0x8082}},
		{name: "c.jr a5", halves: []uint16{0x8782}, calls: elsewhere},
		{name: "c.jalr a5", halves: []uint16{0x9782}, calls: somewhere},
		{name: "c.ebreak", halves: []uint16{0x9002}},
		{name: "c.addi16sp sp, -512", halves: []uint16{0x7101}, depth: 512},
		{name: "c.addi16sp sp, -64", halves: []uint16{0x7139}, depth: 64},
		{name: "c.addi sp, -16", halves: []uint16{0x1141}, depth: 16},
		{name: "c.mv sp, s0", halves: []uint16{0x8122}, dynamic: true},
	} {
		d.check(t, false)
	}
}

// words splits instructions of 32 bits.
func words(list ...uint32) []uint16 {
	var halves []uint16
	for _, w := range list {
		halves = append(halves, uint16(w), uint16(w>>16))
	}
	return halves
}

func TestExpand(t *testing.T) {
	for v, want := range map[uint32]uint32{0x0AB: 0xAB, 0x1AB: 0xAB00AB, 0x2AB: 0xAB00AB00, 0x3AB: 0xABABABAB, 0x400: 0x80000000, 0xFFF: 0x1FE} {
		if got := expand(v); got != want {
			t.Errorf("expand(%#x) = %#x, want %#x", v, got, want)
		}
	}
}

func TestDataIsNoCode(t *testing.T) {
	// push {lr}; pop {pc}; a pool whose word looks like "push {r0-r7, lr}; push {r0-r7, lr}"; bx lr
	c, fn := assemble(true, 0xB500, 0xBD00, 0xB5FF, 0xB5FF, 0x4770)
	c.markData([]elf.Symbol{{Name: "$t", Value: base}, {Name: "$d.1", Value: base + 4}, {Name: "$t.2", Value: base + 8}})
	if depth := c.decode(fn); depth != 4 {
		t.Errorf("takes %d bytes, want 4", depth)
	}
}

// Two functions: the first calls the second by a register that holds a literal.
func TestLiteralCalls(t *testing.T) {
	for _, test := range []struct {
		name   string
		middle uint16 // between the load of r4 and the call
		known  bool
	}{
		{"nop", 0xBF00, true},
		{"mov r0, r4", 0x4620, true},
		{"mov r4, r0", 0x4604, false},
		{"pop {r4}", 0xBC10, false},
		{"movs r4, #1", 0x2401, false},
		{"adds r4, r4, #1", 0x1C64, false},
		{"blx r4", 0x47A0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			// ldr r4, [pc, #4]; middle; blx r4; bx lr; pool: f+12|1 | bx lr
			c, fn := assemble(true, 0x4C01, test.middle, 0x47A0, 0x4770, base+12|1, 0, 0x4770)
			fn.high = base + 12
			c.functions = append(c.functions, &function{name: "g", low: base + 12, high: base + 14})
			c.data = []span{{base + 8, base + 12}}
			c.decode(fn)
			last := fn.calls[len(fn.calls)-1]
			if known := last == (call{to: base + 12}); known != test.known {
				t.Errorf("calls %+v", fn.calls)
			}
		})
	}
}
