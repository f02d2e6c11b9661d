package lane

import (
	"runtime"
	"time"
)

// suffice starts a thread if there is work for one more. The caller holds l.mu. Running and the queue's length do not tell: a task that a thread
// has taken and not begun is in neither.
func (l *Lane) suffice() {
	if threads := l.stats.Threads; threads < l.config.Threads && l.load > threads {
		l.workers.Add(1)
		l.resize(+1)
		go l.run()
	}
}

// resize notes a thread more or less, and has as many processors. The caller holds l.mu.
func (l *Lane) resize(by int) {
	l.stats.Threads += by
	if !l.limit.Operated() {
		l.stats.Extra = l.claim.Set(l.stats.Threads)
	}
}

// run is a thread's goroutine. It never unlocks the thread, which therefore ends with it: no other goroutine inherits its priority, and
// the runtime starts threads from a template of its own when it is called from a locked one.
func (l *Lane) run() {
	runtime.LockOSThread()
	defer l.leave()
	lowered := lower(l.config.Nice)
	l.count(func(s *Stats) { s.Lowered = lowered })
	idle := time.NewTimer(l.config.Linger)
	defer idle.Stop()
	for {
		select {
		case t, open := <-l.queue:
			if !open {
				return
			}
			l.perform(t)
			if !idle.Stop() {
				select { // before Go 1.23 a timer may have fired into its channel
				case <-idle.C:
				default:
				}
			}
			idle.Reset(l.config.Linger)
		case <-idle.C:
			return
		}
	}
}

// perform runs a task, unless its context has ended.
func (l *Lane) perform(t *task) {
	if !t.claim() {
		l.finish(false)
		return
	}
	defer close(t.done) // last: whoever has Do's answer finds the work counted
	l.count(func(s *Stats) { s.Running++ })
	defer l.finish(true)
	t.run()
}

// finish notes that a thread is done with a task, and whether it ran it.
func (l *Lane) finish(ran bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.load--
	if ran {
		l.stats.Running--
		l.stats.Done++
	}
}

// leave ends a thread. Work may have come in just then, or have ended the goroutine: then another one takes over.
func (l *Lane) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.resize(-1)
	l.suffice()
	l.workers.Done()
}
