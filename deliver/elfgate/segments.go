package elfgate

import (
	"debug/elf"
	"math/bits"
	"slices"
)

// lowest is the address below which Linux maps nothing (vm.mmap_min_addr as Debian and Android set it).
const lowest = 0x8000

// highest bounds the addresses of programs: half of what the smallest 64-bit layout of Linux has, 39 bits.
const highest = 1 << 38

// checkSegments looks at what the kernel maps.
func (g *gate) checkSegments() bool {
	var loads []*elf.Prog
	stack := false
	for i, p := range g.file.Progs {
		switch p.Type {
		case elf.PT_LOAD:
			loads = append(loads, p)
			g.checkLoad(i, p)
		case elf.PT_GNU_STACK:
			stack = true
			if p.Flags&elf.PF_X != 0 {
				g.find(ExecStack, "PT_GNU_STACK has flags %v", p.Flags)
			}
		}
	}
	if len(loads) == 0 {
		g.find(NoLoad, "%d program headers, none of type PT_LOAD", len(g.file.Progs))
		return false
	}
	if !stack && g.profile.OS == "linux" {
		g.find(NoStack, "no program header PT_GNU_STACK")
	}
	g.checkNeighbours(loads)
	g.checkEntry(loads)
	return true
}

// checkLoad looks at one segment.
func (g *gate) checkLoad(i int, p *elf.Prog) {
	size := uint64(len(g.data))
	switch {
	case p.Filesz > p.Memsz:
		g.find(SegmentSize, "segment %d: %d bytes in the file, %d in memory", i, p.Filesz, p.Memsz)
	case p.Memsz > highest:
		g.find(SegmentSize, "segment %d: %#x bytes", i, p.Memsz)
	case p.Off > size || p.Filesz > size-p.Off:
		g.find(Truncated, "segment %d: bytes %#x to %#x, and the file has %#x", i, p.Off, p.Off+p.Filesz, size)
	}
	if p.Flags&elf.PF_W != 0 && p.Flags&elf.PF_X != 0 && !g.profile.Exec.WriteExec {
		g.find(WriteExec, "segment %d at %#x has flags %v", i, p.Vaddr, p.Flags)
	}
	if g.file.Type == elf.ET_EXEC && (p.Vaddr < lowest || p.Vaddr > highest) {
		g.find(Address, "segment %d at %#x, want %#x to %#x", i, p.Vaddr, lowest, uint64(highest))
	}
	page := g.largestPage()
	switch {
	case bits.OnesCount64(p.Align) > 1:
		g.find(Alignment, "segment %d: alignment %#x is no power of two", i, p.Align)
	case (p.Vaddr-p.Off)%page != 0:
		g.find(Alignment, "segment %d: address %#x and offset %#x differ within a page of %d bytes", i, p.Vaddr, p.Off, page)
	case p.Align < page:
		g.find(Alignment, "segment %d is aligned to %d, and the device may have pages of %d bytes", i, p.Align, page)
	}
}

func (g *gate) largestPage() uint64 { return slices.Max(g.profile.PageSizes) }

// checkNeighbours wants segments in the order of their addresses, as the ABI says, and no page with two permissions: the kernel would map it with
// those of the later segment.
func (g *gate) checkNeighbours(loads []*elf.Prog) {
	page := g.largestPage()
	for i, p := range loads[1:] {
		before := loads[i]
		end := before.Vaddr + before.Memsz
		switch {
		case p.Vaddr < end:
			g.find(Overlap, "the segment at %#x begins before the end of the one at %#x", p.Vaddr, before.Vaddr)
		case before.Flags != p.Flags && before.Memsz > 0 && (end-1)/page == p.Vaddr/page:
			g.find(SharedPage, "segments at %#x (%v) and %#x (%v) share a page of %d bytes", before.Vaddr, before.Flags, p.Vaddr, p.Flags, page)
		}
	}
}

func (g *gate) checkEntry(loads []*elf.Prog) {
	entry := g.file.Entry
	if g.file.Machine == elf.EM_ARM {
		entry &^= 1 // the bit for Thumb
	}
	if g.file.Machine == elf.EM_PPC64 && g.file.ByteOrder.String() == "BigEndian" {
		return // version 1 of the ABI: the address of a descriptor in the data
	}
	for _, p := range loads {
		if p.Flags&elf.PF_X != 0 && entry >= p.Vaddr && entry-p.Vaddr < p.Filesz {
			return
		}
	}
	g.find(Entry, "the entry %#x lies in no executable segment", g.file.Entry)
}
