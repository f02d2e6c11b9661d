package harness

import (
	"math"
	"math/rand"
	"runtime"
	"sync/atomic"
	"time"
)

// Service is how long a request of a Load takes.
const Service = time.Millisecond

// Load is a stream of requests that compute for Service each, at random moments.
type Load struct {
	rounds int     // of work that take as long
	rate   float64 // requests a second
}

// NewLoad makes a load that takes so large a share of the processors. It measures for a few milliseconds how fast this machine is.
func NewLoad(share float64) Load {
	const rounds = 100_000
	least := time.Duration(math.MaxInt64)
	for i := 0; i < 20; i++ {
		start := time.Now()
		work(rounds)
		least = min(least, time.Since(start))
	}
	return Load{rounds: int(rounds * Service.Seconds() / least.Seconds()), rate: share * float64(runtime.GOMAXPROCS(0)) / Service.Seconds()}
}

// Run starts requests until stop, at a fixed mean rate whatever became of those before. Each calls begin, if that is not nil, before it computes.
func (l Load) Run(stop *atomic.Bool, begin func()) {
	for next := time.Now(); !stop.Load(); {
		next = next.Add(time.Duration(rand.ExpFloat64() / l.rate * 1e9))
		time.Sleep(time.Until(next))
		go func() {
			if begin != nil {
				begin()
			}
			work(l.rounds)
		}()
	}
}

// work computes a fixed amount, not for a fixed time: it does not end by itself when the processor is taken away.
func work(rounds int) {
	x := uint64(1)
	for i := 0; i < rounds; i++ {
		x = x*6364136223846793005 + 1442695040888963407
	}
	runtime.KeepAlive(x)
}
