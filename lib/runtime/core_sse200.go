//go:build mote && multicore && sse200

package runtime

// The cores of Arm's SSE-200 subsystem (Arm CoreLink SSE-200 Technical Reference Manual, "System control" and "Message handling unit"), by their
// secure aliases.

const coreCount = 2

const (
	regInitVector1 = 0x50021114 // INITSVTOR1: the vector table with which core 1 begins
	regCoreWait    = 0x50021118 // CPUWAIT: bit 1 holds core 1
	regMessage     = 0x50003000 // message handling unit 0: a word to make an interrupt pending in each core
	messageSet     = 0x04
	messageClear   = 0x08
	messageStride  = 0x10 // from one core to the next
	messageIRQ     = 6
)

// Registers of a core's own interrupt controller.
const (
	regSetEnable = 0xe000e100
	regPriority  = 0xe000e400
)

// messagePriority is between those of device interrupts and that of the tick.
const messagePriority = 0xa0

// coreStart is where a core that starts finds its stack.
//
//mote:symbol mote_core_start
var coreStart struct {
	sp, limit uintptr
}

// coreVectors is the vector table with which it begins.
//
//mote:symbol mote_core_vectors
var coreVectors [0]byte

// startcore lets a core begin with coremain.
func startcore(number uint8, sp, limit uintptr) {
	coreStart.sp, coreStart.limit = sp, limit
	fence()
	mmioStore(regInitVector1, uint32(addressOf(&coreVectors)))
	mmioStoreSync(regCoreWait, mmioLoad(regCoreWait)&^(1<<number))
}

// interruptCore makes another core look for what to run. Its handler is in asm/cortexm_multi.S.
func interruptCore(number uint8) {
	fence()
	mmioStore(regMessage+uintptr(number)*messageStride+messageSet, 1)
}

// listen lets other cores interrupt the one that calls it.
func listen() {
	mmioStore(regPriority+messageIRQ&^3, mmioLoad(regPriority+messageIRQ&^3)&^(0xff<<(messageIRQ%4*8))|messagePriority<<(messageIRQ%4*8))
	mmioStoreSync(regSetEnable, 1<<messageIRQ)
}
