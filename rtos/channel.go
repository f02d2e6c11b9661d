package rtos

// Answers of the channel operations, as in the kernel.
const (
	chanDone = iota
	chanTimeout
	chanClosed
)

// Send sends v on ch, and waits until t for a receiver or for room. It returns ErrTimeout, or ErrClosed where a send statement would
// panic. Never allocates.
func Send[T any](ch chan<- T, v T, t Timeout) error {
	return chanError(chanSend(ch, &v, t.when))
}

// Recv receives from ch, and waits until t for a value. It returns ErrTimeout, or ErrClosed when ch is closed and empty. Never
// allocates.
func Recv[T any](ch <-chan T, t Timeout) (v T, err error) {
	err = chanError(chanRecv(ch, &v, t.when))
	return v, err
}

// TrySend sends v on ch if that is possible at once. It reports false, too, when ch is closed. Never allocates; ISR-safe, but for the
// channels of timers, on which the program ends with a message. What a handler sends should point to static memory, if to anything: the
// collector does not see pointers move while it marks.
func TrySend[T any](ch chan<- T, v T) bool {
	return chanTrySend(ch, &v) == chanDone
}

// TryRecv receives from ch if that is possible at once. It reports false, too, when ch is closed and empty, and in a handler that has
// interrupted a goroutine, or another handler, in the middle of receiving from ch or sending on it. ISR-safe as TrySend is.
func TryRecv[T any](ch <-chan T) (v T, ok bool) {
	ok = chanTryRecv(ch, &v) == chanDone
	return v, ok
}

func chanError(result int) error {
	switch result {
	case chanTimeout:
		return ErrTimeout
	case chanClosed:
		return ErrClosed
	}
	return nil
}
