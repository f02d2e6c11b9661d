// Package image reads finished ELF images: it checks vector table and memory map against the target, writes raw binaries and
// Intel hex files, and reports what takes room.
//
// It trusts nothing in the file: damage is a diag.List, never a panic. Start reading at Check, Write and Sizes.
package image

import (
	"debug/elf"
	"fmt"
	"go/token"

	"mote/internal/diag"
)

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
