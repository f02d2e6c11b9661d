//go:build mote

package runtime

import (
	"internal/coverage/rtcov"
	"unsafe"
)

// What other packages of std expect from the runtime and what fits no other file here.
//
// Safety: each package declares its functions without bodies and with the same signatures.

//go:linkname syscall_Exit syscall.Exit
func syscall_Exit(code int) { exit(code) }

// signal_signalWaitUntilIdle waits until no signal is on its way: always.
//
//go:linkname signal_signalWaitUntilIdle os/signal.signalWaitUntilIdle
func signal_signalWaitUntilIdle() {}

// fipsIndicator would be kept per goroutine; FIPS mode cannot be turned on, so one for all does.
var fipsIndicator uint8

//go:linkname fips_getIndicator crypto/internal/fips140.getIndicator
func fips_getIndicator() uint8 { return fipsIndicator }

//go:linkname fips_setIndicator crypto/internal/fips140.setIndicator
func fips_setIndicator(indicator uint8) { fipsIndicator = indicator }

//go:linkname fips_setBypass crypto/fips140.setBypass
func fips_setBypass() {}

//go:linkname fips_unsetBypass crypto/fips140.unsetBypass
func fips_unsetBypass() {}

//go:linkname fips_isBypassed crypto/fips140.isBypassed
func fips_isBypassed() bool { return false }

//go:linkname boring_registerCache crypto/internal/boring/bcache.registerCache
func boring_registerCache(p unsafe.Pointer) {}

//go:linkname sig_FIPSOnly crypto/internal/boring/sig.FIPSOnly
func sig_FIPSOnly() {}

//go:linkname sig_StandardCrypto crypto/internal/boring/sig.StandardCrypto
func sig_StandardCrypto() {}

//go:linkname sig_BoringCrypto crypto/internal/boring/sig.BoringCrypto
func sig_BoringCrypto() {}

// Data-independent timing is a mode of large processors.

//go:linkname subtle_setDITEnabled crypto/subtle.setDITEnabled
func subtle_setDITEnabled() bool { return false }

//go:linkname subtle_setDITDisabled crypto/subtle.setDITDisabled
func subtle_setDITDisabled() {}

// coverage_getCovCounterList lists the counters of instrumented packages: coverage comes from the emulator instead.
//
//go:linkname coverage_getCovCounterList internal/coverage/cfile.getCovCounterList
func coverage_getCovCounterList() []rtcov.CovCounterBlob { return nil }

// getAuxv is the kernel's auxiliary vector, for CPU feature detection: there is none.
//
//go:linkname getAuxv
func getAuxv() []uintptr { return nil }
