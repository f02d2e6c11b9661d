// Package shed turns requests away before their work begins, as many as it takes to keep goroutines from waiting for a processor.
//
// It is driven by scheduling delay and not by requests in flight or by CPU use, because requests that compute queue up in the scheduler's
// run queues before any middleware sees them: what is in flight is then as many as there are processors, however long the queue, and the CPU is
// as busy just before overload as in it. A Controller follows the samples of package sense and sets, for each priority, the probability of being turned away
// (pie.go has the law); Admit draws against it. It has no queue of its own, and keeps nobody waiting.
//
// It is not a rate limit, knows no clients, and does not protect dependencies (package breaker does).
//
// Start reading with Controller.Admit, then Controller.Observe.
package shed

import (
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// Controller decides for each request whether it is served. Its methods are safe from any goroutine.
type Controller struct {
	config Config
	drop   [classes]atomic.Uint32 // probability of being turned away, of 2³²
	futile atomic.Bool            // shedding does not help at present
	count  counters

	mu     sync.Mutex // of what follows, which Observe changes
	pie    pie
	shares shares
	giveUp giveUp
	delays delays
}

// New returns a controller that admits everything until samples say otherwise. The error names the field that cannot be.
func New(config Config) (*Controller, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Controller{
		config: config,
		pie:    pie{target: config.Target, limit: config.Limit, burst: config.Burst, most: config.MaxDrop},
	}, nil
}

// Name is the action's name in reports.
func (c *Controller) Name() string { return "shed" }

// Admit tells whether a request of that priority is to be served; if not, it is to be answered at once with an error that
// says so. It takes less than 100 ns and never allocates or blocks.
func (c *Controller) Admit(p Priority) bool {
	if p >= Exempt {
		return true
	}
	class := p.class()
	random := rand.Uint64()
	dropped := uint32(random) < c.drop[class].Load()
	if !dropped && c.config.Age != nil {
		dropped = uint32(random) < c.stale(class, c.config.Age())
	}
	c.count.add(random>>32, class, dropped)
	return !dropped
}

// stale is the probability, of 2³², of being turned away because the sampler was last heard of that long ago.
func (c *Controller) stale(class int, age time.Duration) uint32 {
	limit := c.config.Stale << max(class-Sheddable.class(), 0)
	if age <= limit || c.futile.Load() {
		return 0
	}
	return probability(min(float64(age-limit)/float64(limit), c.config.MaxDrop))
}

// probability of 2³².
func probability(share float64) uint32 { return uint32(share * math.MaxUint32) }

// Observe takes one sample, as guard.Action.
func (c *Controller) Observe(s sense.Sample, v classify.Verdict) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shares.update(c.count.arrived(), s.Interval)
	c.pie.update(c.delays.update(s, c.shares.total()), s.Interval)
	futile := c.giveUp.update(v.Cause, c.pie.share >= c.pie.most, s.Interval)
	if futile {
		c.pie.reset()
	}
	c.futile.Store(futile)
	for class, share := range c.shares.split(c.pie.share, c.pie.most) {
		c.drop[class].Store(probability(share))
	}
}

// Close admits everything from now on, until the next Observe.
func (c *Controller) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pie.reset()
	for class := range c.drop {
		c.drop[class].Store(0)
	}
	return nil
}

// Stats is what a controller did and is about to do.
type Stats struct {
	Delay    time.Duration     // that the last sample showed
	Share    float64           // of all requests, to be turned away
	Futile   bool              // nothing is shed because it did not help
	Priority [classes]Decision // lowest first: Background, Sheddable, Normal, Critical
}

// Decision is what happens to the requests of one priority.
type Decision struct {
	Priority           Priority
	Drop               float64 // probability of being turned away now
	Admitted, Rejected uint64  // since the start
}

// Stats returns the counters.
func (c *Controller) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	stats := Stats{Delay: c.delays.now, Share: c.pie.share, Futile: c.futile.Load()}
	for class := range stats.Priority {
		admitted, rejected := c.count.sum(class)
		stats.Priority[class] = Decision{
			Priority: Background + Priority(class),
			Drop:     float64(c.drop[class].Load()) / math.MaxUint32,
			Admitted: admitted,
			Rejected: rejected,
		}
	}
	return stats
}
