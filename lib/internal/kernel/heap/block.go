package heap

// Flags in a block's size word. The low three bits are free because sizes are multiples of 8; no block reaches half the address space.
const (
	allocated uintptr = 1 << 0
	marked    uintptr = 1 << 1
	prevFree  uintptr = 1 << 2
	grey      uintptr = 1 << (wordBits - 1) // marked, its pointers not yet followed, and not on the mark stack
	flagBits          = allocated | marked | prevFree | grey
)

// sizeOf is the size of the block at b, its header included.
func sizeOf(b uintptr) uintptr { return load(b) &^ flagBits }

func typeOf(b uintptr) uintptr { return load(b + wordBytes) }

// The links of a free block: next stands in the place of the type word, prev behind it; the last word is the block's size.

func nextOf(b uintptr) uintptr { return load(b + wordBytes) }

func prevOf(b uintptr) uintptr { return load(b + 2*wordBytes) }

func setNext(b, next uintptr) { store(b+wordBytes, next) }

func setPrev(b, prev uintptr) { store(b+2*wordBytes, prev) }

// setFlag and clearFlag change one flag of the block at b.

func setFlag(b, flag uintptr) { store(b, load(b)|flag) }

func clearFlag(b, flag uintptr) { store(b, load(b)&^flag) }
