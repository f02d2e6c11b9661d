package escape

import (
	"fmt"

	"golang.org/x/tools/go/ssa"
)

// cause is what makes a value outlive the function, for messages.
type cause uint8

const (
	causeNone cause = iota
	causeStore
	causeGlobal
	causeMap
	causeSend
	causePanic
	causeReturn
	causeGo
	causeDefer
	causeArgument
	causeInterface
	causeFuncValue
	causeAppend
	causeCapture
	causeNumber
)

// text describes the flow that lets something escape.
func (f *flow) text() string {
	switch f.why {
	case causeStore:
		return "stored through a pointer"
	case causeGlobal:
		return "stored to global " + rootOf(f.at.(*ssa.Store).Addr).Name()
	case causeMap:
		return "stored in a map"
	case causeSend:
		return "sent to a channel"
	case causePanic:
		return "passed to panic"
	case causeReturn:
		return "returned"
	case causeGo:
		return "passed to a goroutine"
	case causeDefer:
		return "kept by defer in a loop"
	case causeArgument:
		return "passed to " + f.at.(ssa.CallInstruction).Common().StaticCallee().Name() + ", which keeps it"
	case causeInterface:
		return "passed to interface call of " + f.at.(ssa.CallInstruction).Common().Method.Name()
	case causeFuncValue:
		return "passed to a call through a func value"
	case causeAppend:
		return "appended to a slice"
	case causeCapture:
		return "captured by a closure that keeps it"
	case causeNumber:
		return "address converted to a number"
	}
	return fmt.Sprintf("flow %d", f.why)
}
