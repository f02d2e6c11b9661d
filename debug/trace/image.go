// Package trace turns the raw goroutine traces and fault reports that a device prints into Go's text with functions, files and
// lines, from the image's DWARF information.
//
// The device prints numbers only (doc/spec/abi.md, "Goroutine trace"): pc, sp, and every word of the stack that could be a return
// address. Here .debug_frame picks the real ones. Input comes from outside: nothing in it, nor in the image, makes this package
// panic. Start reading at Open and NewWriter.
package trace

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"sort"

	"mote/debug/frame"
)

// Image is what addresses are resolved against.
type Image struct {
	file      *elf.File
	info      *dwarf.Data // nil when there is none
	frames    frame.Table
	functions []symbol // by address
	variables []symbol // by address
	thumb     bool
}

// symbol is a function or variable of the symbol table.
type symbol struct {
	name      string
	low, size uint64
}

// Open reads the image's symbol table and frame information. Without DWARF, names are still resolved, lines are not.
func Open(path string) (*Image, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	return newImage(f), nil
}

// Close closes the file.
func (img *Image) Close() error { return img.file.Close() }

func newImage(f *elf.File) *Image {
	img := &Image{file: f, thumb: f.Machine == elf.EM_ARM}
	if info, err := f.DWARF(); err == nil {
		img.info = info
	}
	if s := f.Section(".debug_frame"); s != nil {
		if data, err := s.Data(); err == nil {
			img.frames = frame.Parse(data)
		}
	}
	symbols, err := f.Symbols()
	if err != nil {
		return img
	}
	for _, s := range symbols {
		switch elf.ST_TYPE(s.Info) {
		case elf.STT_FUNC:
			img.functions = append(img.functions, symbol{s.Name, img.code(s.Value), s.Size})
		case elf.STT_OBJECT:
			img.variables = append(img.variables, symbol{s.Name, s.Value, s.Size})
		}
	}
	for _, list := range [][]symbol{img.functions, img.variables} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].low < list[j].low })
	}
	return img
}

// code takes the Thumb bit off an address.
func (img *Image) code(addr uint64) uint64 {
	if img.thumb {
		return addr &^ 1
	}
	return addr
}

// stackRegister is the DWARF number of the stack pointer.
func (img *Image) stackRegister() uint64 {
	if img.thumb {
		return 13
	}
	return 2
}

// lookup finds the symbol that addr lies in. One of size 0 (assembly without .size) reaches to the next.
func lookup(list []symbol, addr uint64) (symbol, bool) {
	i := sort.Search(len(list), func(i int) bool { return list[i].low > addr })
	for i--; i >= 0; i-- {
		s := list[i]
		if addr-s.low < s.size || s.size == 0 {
			return s, true
		}
		if addr-s.low > 1<<20 {
			break
		}
	}
	return symbol{}, false
}
