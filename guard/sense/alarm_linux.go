package sense

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/mote-go/mote/guard/internal/raw"
)

// alarm sends when the process has used some processor time: until then a sampler can rest, and unlike a timer it wakes nobody in a process that
// does nothing. The kernel tells by a signal, which arrives as any signal does for which signal.Notify was called.
type alarm struct {
	timer raw.CPUTimer
	rung  chan os.Signal
}

// keepHandler keeps the signals' handlers for good. A Go program ignores a real-time signal that nobody asked for (TestAlarmUnwanted), but in a library for C
// programs (c-shared, c-archive) one that was on its way when the last alarm was closed would end the process. After signal.Reset no alarm arrives any
// more: requests, and the timer of a rest, then do without.
var keepHandler sync.Map

func newAlarm(number int) (*alarm, error) {
	s := syscall.Signal(number)
	if _, known := keepHandler.LoadOrStore(s, true); !known {
		signal.Notify(make(chan os.Signal, 1), s)
	}
	timer, err := raw.NewCPUTimer(s)
	if err != nil {
		return nil, err
	}
	a := &alarm{timer: timer, rung: make(chan os.Signal, 1)}
	signal.Notify(a.rung, s)
	return a, nil
}

// set has it ring once, when so much processor time has been used from now on. It tells whether it will.
func (a *alarm) set(after time.Duration) bool { return a.timer.Set(after) == nil }

// close ends it; what rang before may still be in the channel, which is closed.
func (a *alarm) close() error {
	if a == nil {
		return nil
	}
	err := a.timer.Close()
	signal.Stop(a.rung)
	close(a.rung)
	return err
}
