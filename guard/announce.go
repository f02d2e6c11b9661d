package guard

import (
	"log/slog"
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
)

// announcer tells of verdicts on a goroutine of its own, because a log or a caller's function may block, and the sampler must not.
type announcer struct {
	changes chan change
	done    chan struct{}
	lost    atomic.Uint64 // changes that came while the queue was full
}

type change struct{ before, now classify.Verdict }

// announce starts an announcer; function may be nil.
func announce(log *slog.Logger, function func(before, now classify.Verdict)) *announcer {
	a := &announcer{changes: make(chan change, 64), done: make(chan struct{})}
	go func() {
		defer close(a.done)
		for c := range a.changes {
			write(log, c)
			if function != nil {
				function(c.before, c.now)
			}
		}
	}()
	return a
}

// tell queues one change. It never blocks.
func (a *announcer) tell(before, now classify.Verdict) {
	select {
	case a.changes <- change{before, now}:
	default:
		a.lost.Add(1)
	}
}

// close waits until all that was told has been announced. Nothing may be told after it.
func (a *announcer) close() {
	close(a.changes)
	<-a.done
}

// write logs one change: as a warning while goroutines starve.
func write(log *slog.Logger, c change) {
	if !c.now.Starving() {
		log.Info("goroutines no longer starve", "cause", c.before.Cause.String(), "lasted", c.now.At.Sub(c.before.Since))
		return
	}
	log.Warn("goroutines starve", "cause", c.now.Cause.String(), "delay", c.now.Delay, "evidence", c.now.Evidence)
}
