//go:build mote && thumb && !armv6m

package runtime

// Bits of CFSR (Armv7-M ARM B3.2.15; MSTKERR: the guard of the stack was where the exception would have saved registers; STKOF is v8-M's).
const (
	cfsrMemory    = 0x000000ff
	cfsrBus       = 0x0000ff00
	cfsrMMARValid = 1 << 7
	cfsrBFARValid = 1 << 15
	cfsrSTKOF     = 1 << 20
	cfsrMSTKERR   = 1 << 4
)

// clearFaults clears what faultStatus reads.
func clearFaults() {
	mmioStore(regCFSR, mmioLoad(regCFSR))
	mmioStore(regHFSR, mmioLoad(regHFSR))
}

// faultStatus reads the fault status registers.
func faultStatus() (cfsr, hfsr, addr uintptr) {
	cfsr = uintptr(mmioLoad(regCFSR))
	hfsr = uintptr(mmioLoad(regHFSR))
	switch {
	case cfsr&cfsrMMARValid != 0:
		addr = uintptr(mmioLoad(regMMFAR))
	case cfsr&cfsrBFARValid != 0:
		addr = uintptr(mmioLoad(regBFAR))
	}
	return cfsr, hfsr, addr
}
