//go:build !mote

package rtos

import "time"

// expired is a channel that something can be received from at when; nil, never, for forGood.
func expired(when int64) (at <-chan time.Time, stop func() bool) {
	if when == forGood {
		return nil, func() bool { return true }
	}
	timer := time.NewTimer(time.Duration(when - now()))
	return timer.C, timer.Stop
}

func chanSend[T any](ch chan<- T, v *T, when int64) (result int) {
	if result := chanTrySend(ch, v); result != chanTimeout || when == 0 {
		return result
	}
	defer sendClosed(&result)
	at, stop := expired(when)
	defer stop()
	select {
	case ch <- *v:
		return chanDone
	case <-at:
		return chanTimeout
	}
}

func chanRecv[T any](ch <-chan T, v *T, when int64) int {
	if result := chanTryRecv(ch, v); result != chanTimeout || when == 0 {
		return result
	}
	at, stop := expired(when)
	defer stop()
	select {
	case got, ok := <-ch:
		return received(v, got, ok)
	case <-at:
		return chanTimeout
	}
}

func chanTrySend[T any](ch chan<- T, v *T) (result int) {
	defer sendClosed(&result)
	select {
	case ch <- *v:
		return chanDone
	default:
		return chanTimeout
	}
}

func chanTryRecv[T any](ch <-chan T, v *T) int {
	select {
	case got, ok := <-ch:
		return received(v, got, ok)
	default:
		return chanTimeout
	}
}

func received[T any](to *T, v T, ok bool) int {
	*to = v
	if ok {
		return chanDone
	}
	return chanClosed
}

// sendClosed makes the panic of a send on a closed channel, the only one there is, a result.
func sendClosed(result *int) {
	if recover() != nil {
		*result = chanClosed
	}
}
