// Package functab makes the table by which a program knows itself: names, files and lines of its functions and of every call in
// them, and how large their frames are. runtime.Callers and its relatives read it on the device.
//
// It is made from a linked image, whose DWARF information says it all, and only for programs that refer to it (Wanted). Only
// what can be asked is in it: a stack holds return addresses, so positions are those of calls. doc/spec/functab.md is the format.
// Start reading at Build; the reader is lib/runtime/functab.go.
package functab

import (
	"debug/elf"
	"fmt"
)

// Symbol is where the table begins. The linker script provides it, so it is in an image only if something refers to it.
const Symbol = "_functab"

// Section is what the object with the table calls its section.
const Section = ".functab"

// Wanted tells whether the image at path refers to the table.
func Wanted(path string) (bool, error) {
	f, err := elf.Open(path)
	if err != nil {
		return false, fmt.Errorf("functab: %w", err)
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil {
		return false, nil // none at all
	}
	for _, s := range symbols {
		if s.Name == Symbol {
			return true, nil
		}
	}
	return false, nil
}

// Build makes the table of the image at path.
func Build(path string) ([]byte, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("functab: %w", err)
	}
	defer f.Close()
	p, err := readProgram(f)
	if err != nil {
		return nil, fmt.Errorf("functab: %w", err)
	}
	return encode(p), nil
}
