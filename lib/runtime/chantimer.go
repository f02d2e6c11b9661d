//go:build mote

package runtime

// What a channel has to do with the timer that sends on it.

// timerHookChannel is timerChannel once a timer with a channel exists: a program without timers does not link them.
var timerHookChannel func(t *timer, what uint8)

// look gives the timer of c, if it has one, the chance to send what is due.
func (c *hchan) look() { c.tellTimer(timerLook) }

func (c *hchan) tellTimer(what uint8) {
	if c.timer != nil {
		callTimerHook(c.timer, what)
	}
}

// callTimerHook calls timerHookChannel, which is timerChannel (compiler/stack/known.go).
//
//go:noinline
func callTimerHook(t *timer, what uint8) { timerHookChannel(t, what) }
