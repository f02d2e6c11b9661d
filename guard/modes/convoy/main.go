// Convoy is a writer behind a slow reader: as soon as the writer waits, all other readers of the RWMutex wait too, with idle processors.
package main

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const readers = 64

type table struct {
	mu   sync.RWMutex
	rows map[int]int
}

func main() {
	t := &table{rows: map[int]int{}}
	harness.Main(harness.Mode{Want: []classify.Cause{classify.LockConvoy}, Starve: func(stop *atomic.Bool) {
		go repeat(stop, t.export)
		go repeat(stop, t.update)
		for i := 0; i < readers; i++ {
			go repeat(stop, t.lookup)
		}
	}})
}

func repeat(stop *atomic.Bool, f func()) {
	for !stop.Load() {
		f()
		time.Sleep(time.Millisecond)
	}
}

// export is the slow reader.
func (t *table) export() {
	t.mu.RLock()
	time.Sleep(50 * time.Millisecond) // culprit
	t.mu.RUnlock()                    // culprit
}

func (t *table) update() {
	t.mu.Lock()
	t.rows[1]++
	t.mu.Unlock()
}

func (t *table) lookup() {
	t.mu.RLock()
	_ = t.rows[1]
	t.mu.RUnlock()
}
