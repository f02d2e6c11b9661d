//go:build mote && thumb && !armv6m

package runtime

import _ "unsafe" // for go:linkname

// The vector table at run time: rtos.SetVector moves it to RAM once and changes entries there. Programs that do not call that have no
// table in RAM.

//mote:symbol mote_vectors
var flashVectors [0]byte

//mote:symbol mote_ram_vectors
var ramVectors [0]byte

//mote:symbol _irq_count
var irqCount [0]byte

// regVTOR is the address of the vector table (Armv7-M ARM B3.2.5).
const regVTOR = 0xe000ed08

// What setvector returns; mote/rtos has the texts.
const (
	vectorSet         = iota
	vectorRange       // the board has no such interrupt
	vectorHandler     // the address is not that of a function of the program
	vectorTable       // the processor uses another table, or did not take this one
	vectorUnsupported // the processor has no VTOR
)

// setvector makes code the handler of an interrupt from now on.
//
// Safety: all words from ramVectors on are the table's, which assembly defines as long as that in flash.
//
//go:linkname setvector mote/rtos.setVector
func setvector(irq int, code uintptr) int {
	if irq < 0 || uintptr(irq) >= addressOf(&irqCount) {
		return vectorRange
	}
	if code&codeBit == 0 || code < addressOf(&textStart) || code >= addressOf(&textEnd) {
		return vectorHandler
	}
	lockSched()
	ok := moveVectors()
	if ok {
		mmioStoreSync(addressOf(&ramVectors)+4*(firstInterrupt+uintptr(irq)), uint32(code))
	}
	unlockSched()
	if !ok {
		return vectorTable
	}
	return vectorSet
}

// moveVectors has the processor use the table in RAM, with what is in that in flash, unless it does. The other handlers stay the same, so
// interrupts may come at any time.
func moveVectors() bool {
	table := addressOf(&ramVectors)
	switch current := uintptr(mmioLoad(regVTOR)); current {
	case table:
		return true
	default:
		return false // a boot loader or debugger has its own
	case addressOf(&flashVectors):
	}
	size := 4 * (firstInterrupt + addressOf(&irqCount))
	if table&(vectorAlign(size)-1) != 0 {
		return false
	}
	for at := uintptr(0); at < size; at += 4 {
		mmioStore(table+at, mmioLoad(addressOf(&flashVectors)+at)) // the table in flash may be at address 0
	}
	mmioStoreSync(regVTOR, uint32(table))
	if uintptr(mmioLoad(regVTOR)) == table {
		return true
	}
	mmioStoreSync(regVTOR, uint32(addressOf(&flashVectors)))
	return false
}

// vectorAlign is the alignment that VTOR asks of a table: the next power of two of its size, at least 128 bytes.
func vectorAlign(size uintptr) uintptr {
	align := uintptr(128)
	for align < size {
		align *= 2
	}
	return align
}
