package stack

// known says about a function of the runtime what its code does not.
type known struct {
	leaves bool     // it goes on where the depth of a goroutine with a bound does not matter: only its own frame and calls count
	reason string   // why there is no bound
	calls  []string // all that its indirect calls can call
}

// Knows tells whether the depth of a function, by symbol, is computed in a way of its own, for which the runtime keeps it out of line.
func Knows(symbol string) bool {
	_, ok := knownFunctions()[symbol]
	return ok
}

// knownFunctions are those functions by symbol. lib/runtime keeps them from being inlined, and names this table where it does.
func knownFunctions() map[string]known {
	return map[string]known{
		// Continue on the spare stack, or are never reached with a stack of a size from here (taskBounded).
		"runtime.spillAndSwitch": {leaves: true},
		"runtime.collectHere":    {leaves: true},
		"runtime.gopanic":        {leaves: true, calls: []string{"runtime.leaveStack"}},
		// Whoever panics runs the deferred calls of all functions below, at whatever depth that is.
		"runtime.deferenter": {reason: "deferred calls run at any depth when there is a panic"},
		// Ends the program when the goroutine is done, in programs that measure their stacks.
		"runtime.stackAbove": {leaves: true},
		// Calls the entry, which is looked at by itself.
		taskmain: {},
		// On v6-M it leaves the exception by BX.
		"PendSV_Handler": {},
		// Call what is always one of these.
		"runtime.callTimerHook": {calls: []string{"runtime.timerChannel"}},
		"runtime.schedtick":     {calls: []string{"runtime.wakeDue"}},
		"runtime.idle":          {calls: []string{"runtime.wakeDue"}},
		"runtime.(*timer).call": {calls: []string{"time.sendTime", "time.goFunc"}},
	}
}
