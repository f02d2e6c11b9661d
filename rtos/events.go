package rtos

// Events is a set of 32 flags that goroutines wait for. The zero value has none set. A flag stays set until Clear: clear it before
// handling what it stands for, so that nothing is lost. It must not be copied.
type Events struct {
	e events
}

// How a goroutine waits, as in the kernel.
const (
	waitAny = iota
	waitAll
)

// Set sets flags and lets all goroutines go on whose condition that fulfils. ISR-safe; the time is proportional to the number of
// goroutines that wait, and interrupts are masked for one of them at a time.
func (e *Events) Set(flags uint32) { eventsSet(&e.e, flags) }

// Clear clears flags. ISR-safe, O(1).
func (e *Events) Clear(flags uint32) { eventsClear(&e.e, flags) }

// Get returns the flags that are set. ISR-safe, O(1).
func (e *Events) Get() uint32 { return eventsGet(&e.e) }

// WaitAny waits until one of the flags is set. It returns all that were set then, or ErrTimeout at t.
func (e *Events) WaitAny(flags uint32, t Timeout) (uint32, error) { return e.wait(flags, waitAny, t) }

// WaitAll waits until all of the flags are set. It returns all that were set then, or ErrTimeout at t.
func (e *Events) WaitAll(flags uint32, t Timeout) (uint32, error) { return e.wait(flags, waitAll, t) }

func (e *Events) wait(flags uint32, how uint16, t Timeout) (uint32, error) {
	set, ok := eventsAwait(&e.e, flags, how, t.when)
	if !ok {
		return set, ErrTimeout
	}
	return set, nil
}
