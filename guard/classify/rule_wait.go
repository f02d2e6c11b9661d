package classify

import (
	"fmt"
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// waiting averages how many goroutines wait for locks, over the last few windows. The runtime measures one wait in eight and counts it eightfold when it
// ends, so that a single long one looks like many: ends are how many came in.
type waiting struct {
	goroutines float64
	ends       float64 // samples in which waits ended
}

// waitingWindows is over how many windows the average goes.
const waitingWindows = 4

func (w *waiting) add(e *entry, window time.Duration) {
	length := float64(waitingWindows * window)
	fade := math.Exp(-float64(e.Interval) / length)
	w.goroutines, w.ends = w.goroutines*fade, w.ends*fade
	if e.MutexWait > 0 {
		w.goroutines += float64(e.MutexWait) / length
		w.ends++
	}
}

// convoy: goroutines wait for locks. What waits for a lock because its holder waits for a processor is found before.
func convoy(c *Classifier, e *entry) finding {
	if c.waiting.goroutines < c.config.Waiters || c.waiting.ends < 1.5 {
		return finding{}
	}
	return finding{cause: LockConvoy, delay: c.config.Limit, span: e.Interval, explain: explainConvoy}
}

func explainConvoy(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("%.1f goroutines waited for locks on average, with %.2f of %.2f processors used", c.waiting.goroutines, share(c.long.cpu, c.long.time), usable(e))
}

// blocked: many goroutines sit in system calls or cgo.
func blocked(c *Classifier, e *entry) finding {
	if c.long.notInGo == sense.Unknown || c.long.notInGo < c.config.Threads || c.long.time < c.config.Window/2 {
		return finding{}
	}
	return finding{cause: Blocked, delay: c.config.Limit, span: e.Interval, explain: explainBlocked}
}

// spawning: threads are made one after the other, as the runtime does when those it has are blocked. Before Go 1.26 it does not tell how many
// are, so that the end of the growth looks like the end of the trouble.
func spawning(c *Classifier, e *entry) finding {
	if e.NotInGo != sense.Unknown || e.Threads-c.long.threads < c.config.Threads/2 || c.long.threads <= 0 {
		return finding{}
	}
	return finding{cause: Blocked, delay: c.config.Limit, span: 2 * e.Interval, sure: true, explain: explainSpawning}
}

func explainSpawning(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("from %d to %d threads within %v: those there were are blocked in system calls or cgo", c.long.threads, e.Threads, round(c.long.time))
}

func explainBlocked(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("%d or more goroutines in system calls or cgo for %v, %s threads", c.long.notInGo, round(c.long.time), number(e.Threads))
}
