package harness

import (
	"math"
	"math/rand"
	"runtime"
	"sync/atomic"
	"time"
)

// Service is how long a request of -load takes.
const Service = time.Millisecond

// Load is a stream of requests that compute, at random moments.
type Load struct {
	rounds int     // of work that a request takes
	rate   float64 // requests a second
	waits  *Waits
}

// NewLoad makes a load of requests that compute for so long each and take so large a share of the processors. It measures for a few milliseconds
// how fast this machine is.
func NewLoad(share float64, service time.Duration) Load {
	const rounds = 100_000
	least := time.Duration(math.MaxInt64)
	for i := 0; i < 20; i++ {
		start := time.Now()
		work(rounds)
		least = min(least, time.Since(start))
	}
	return Load{
		rounds: int(rounds * service.Seconds() / least.Seconds()),
		rate:   share * float64(runtime.GOMAXPROCS(0)) / service.Seconds(),
		waits:  new(Waits),
	}
}

// Run starts requests until stop, at a fixed mean rate whatever became of those before. Each calls begin, if that is not nil, before it computes.
func (l Load) Run(stop *atomic.Bool, begin func()) {
	for next := time.Now(); !stop.Load(); {
		next = next.Add(time.Duration(rand.ExpFloat64() / l.rate * 1e9))
		time.Sleep(time.Until(next))
		made := time.Now()
		go func() {
			l.waits.add(time.Since(made))
			if begin != nil {
				begin()
			}
			work(l.rounds)
		}()
	}
}

// Waits says how long the load's requests have waited for a processor: what anybody can see of it from the outside, without guard.
func (l Load) Waits() *Waits { return l.waits }

// work computes a fixed amount, not for a fixed time: it does not end by itself when the processor is taken away.
func work(rounds int) {
	x := uint64(1)
	for i := 0; i < rounds; i++ {
		x = x*6364136223846793005 + 1442695040888963407
	}
	runtime.KeepAlive(x)
}
