//go:build mote && thumb && armv6m

package mem

// mask keeps out all handlers, and with them switches to other goroutines, until unmask with its result. Masked code is a few
// instructions, and never masks again.
func mask() uintptr {
	old := primask()
	cpsid()
	return old
}

func unmask(old uintptr) { setPrimask(old) }

// Safety: read and write PRIMASK, which has no other effect than its meaning.
//
//mote:inline "mrs $0, primask" "=r,~{memory}"
func primask() uintptr

//mote:inline "cpsid i" "~{memory}"
func cpsid()

//mote:inline "msr primask, $0" "r,~{memory}"
func setPrimask(v uintptr)
