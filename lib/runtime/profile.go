//go:build mote

package runtime

// MemProfileRate is how many bytes are allocated between two samples of the memory profile on average: with 1 every object is
// sampled, with 0 none. A change takes effect at once. Programs that do not read the profile take no samples.
var MemProfileRate int = 512 * 1024

// StackRecord is a call stack; unused entries are zero.
type StackRecord struct {
	Stack0 [32]uintptr
}

// Stack is the part of Stack0 that is used.
func (r *StackRecord) Stack() []uintptr { return usedStack(r.Stack0[:]) }

// MemProfileRecord describes the live objects allocated by one call stack.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

// InUseBytes is the number of bytes in use.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects is the number of objects in use.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack is the part of Stack0 that is used.
func (r *MemProfileRecord) Stack() []uintptr { return usedStack(r.Stack0[:]) }

// BlockProfileRecord describes blocking events of one call stack.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

func usedStack(pcs []uintptr) []uintptr {
	for i, pc := range pcs {
		if pc == 0 {
			return pcs[:i]
		}
	}
	return pcs
}

// Blocking events and contended mutexes are not recorded: their profiles are empty and complete, as Go's are until a rate is set.

// BlockProfile returns the profile of blocking events.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// MutexProfile returns the profile of contended mutexes.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile returns the stacks that created threads: there is one thread, which no code created.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) {
	if len(p) < 1 {
		return 1, false
	}
	p[0] = StackRecord{}
	return 1, true
}

// SetBlockProfileRate has no effect.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction has no effect; the fraction is 0.
func SetMutexProfileFraction(rate int) int { return 0 }

// SetCPUProfileRate has no effect.
func SetCPUProfileRate(hz int) {}

// CPUProfile panics.
//
// Deprecated: as in Go, use runtime/pprof.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// StartTrace reports that execution tracing is not supported.
func StartTrace() error { return plainError("tracing is not supported") }

// StopTrace has no effect.
func StopTrace() {}

// ReadTrace returns no data.
func ReadTrace() []byte { return nil }
