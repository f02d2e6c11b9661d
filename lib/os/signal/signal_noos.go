//go:build mote

package signal

import "os"

// numSig bounds signal numbers. No signals are delivered, so none has a number.
const numSig = 1

func signum(sig os.Signal) int { return -1 }

func enableSignal(sig int) {}

func disableSignal(sig int) {}

func ignoreSignal(sig int) {}

func signalIgnored(sig int) bool { return false }
