// Package image reads finished ELF images: it checks vector table and memory map against the target, writes raw binaries and
// Intel hex files, and reports what takes room.
//
// It trusts nothing in the file: damage is a diag.List, never a panic. Start reading at Check, Write and Sizes.
package image

import (
	"debug/elf"
	"fmt"
	"go/token"
	"sort"

	"mote/internal/diag"
)

// maxImage bounds what is read from a file; no microcontroller has more flash.
const maxImage = 64 << 20

// open opens a 32-bit little-endian ELF executable.
func open(path string) (*elf.File, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, damaged("%s: %v", path, err)
	}
	if f.Class != elf.ELFCLASS32 || f.Data != elf.ELFDATA2LSB {
		f.Close()
		return nil, damaged("%s: not a 32-bit little-endian ELF file", path)
	}
	return f, nil
}

func damaged(format string, args ...any) error {
	return diag.Errorf(token.Position{}, "", "image: %s", fmt.Sprintf(format, args...))
}

// chunk is a run of bytes at its load address.
type chunk struct {
	addr uint64
	data []byte
}

func (c chunk) end() uint64 { return c.addr + uint64(len(c.data)) }

// chunks reads what is to be put into flash, by load address. Chunks that overlap are an error.
func chunks(f *elf.File) ([]chunk, error) {
	var all []chunk
	total := uint64(0)
	for i, p := range f.Progs {
		if p.Type != elf.PT_LOAD || p.Filesz == 0 {
			continue
		}
		if total += p.Filesz; p.Filesz > maxImage || total > maxImage {
			return nil, damaged("segment %d has %d bytes, more than the %d that any target has", i, p.Filesz, maxImage)
		}
		data := make([]byte, p.Filesz)
		if n, err := p.ReadAt(data, 0); n < len(data) {
			return nil, damaged("segment %d: %v", i, err)
		}
		all = append(all, chunk{p.Paddr, data})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].addr < all[j].addr })
	for i := range all[:max(0, len(all)-1)] {
		if all[i].end() > all[i+1].addr {
			return nil, damaged("segments at %#x and %#x overlap", all[i].addr, all[i+1].addr)
		}
	}
	return all, nil
}
