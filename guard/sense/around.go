package sense

import (
	"errors"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
)

// around reads what happens to the process from outside: quota, throttling, pressure. These sources cost a system call each.
type around struct {
	group    *cgroup.Reader // nil without a CPU controller
	quota    cgroup.Quota
	quotaAt  time.Time
	stat     cgroup.Stat
	pressure cgroup.Pressure
	waits    bool // whether there is pressure information
	gap      bool // whether the last read left pressure out
	at       time.Time
	cpus     int
}

// surroundings are what one read of these sources found, for the next sample.
type surroundings struct {
	over      time.Duration // that they cover, 0 if nothing was read
	throttled Throttle
	pressure  time.Duration
}

// quotaEvery is how often limits and affinity are looked up again: they change when somebody resizes a container.
const quotaEvery = time.Second

func openAround(root string, now time.Time) (*around, error) {
	a := &around{at: now}
	g, err := cgroup.Find(root)
	if err != nil && !errors.Is(err, cgroup.ErrNoController) {
		return nil, err
	}
	if a.group, err = g.Open(root); err != nil {
		return nil, err
	}
	if err := a.readLimits(now); err != nil {
		return nil, errors.Join(err, a.close())
	}
	a.stat, _ = a.group.Stat()
	a.pressure, err = a.group.Pressure()
	a.waits = err == nil
	return a, nil
}

func (a *around) close() error { return a.group.Close() }

func (a *around) readLimits(now time.Time) error {
	a.quotaAt, a.cpus = now, affinity()
	quota, err := a.group.Quota()
	if err != nil {
		return err
	}
	a.quota = quota
	return nil
}

// allowed is the number of processors that the process may use.
func (a *around) allowed() float64 {
	if q := a.quota.CPUs(); q > 0 {
		return min(q, float64(a.cpus))
	}
	return float64(a.cpus)
}

// read looks at everything. A file that can't be read any more (the group was removed under us) makes its signal Unknown, nothing else. Pressure
// is left out where the process itself is seen to use all of its processors.
func (a *around) read(now time.Time, pressure bool) surroundings {
	x := surroundings{over: now.Sub(a.at), pressure: Unknown}
	a.at = now
	if now.Sub(a.quotaAt) >= quotaEvery {
		limited := a.quota.Limited()
		if a.readLimits(now) == nil && a.quota.Limited() && !limited {
			a.stat, _ = a.group.Stat() // from here on: what was before is not this interval's
		}
	}
	x.throttled = a.throttle()
	if pressure {
		x.pressure = a.wait()
	}
	a.gap = !pressure
	return x
}

func (a *around) throttle() Throttle {
	if !a.quota.Limited() {
		return Throttle{Periods: Unknown}
	}
	stat, err := a.group.Stat()
	if err != nil || !stat.Bandwidth {
		return Throttle{Periods: Unknown}
	}
	before := a.stat
	a.stat = stat
	return Throttle{
		Periods:   int(since(before.Periods, stat.Periods)),
		Throttled: int(since(before.Throttled, stat.Throttled)),
		Time:      max(0, stat.Time-before.Time),
		Period:    a.quota.Period,
	}
}

// since is the growth of a counter, 0 if it went back because the process moved to another group.
func since(before, now uint64) uint64 {
	if now < before {
		return 0
	}
	return now - before
}

func (a *around) wait() time.Duration {
	if !a.waits {
		return Unknown
	}
	p, err := a.group.Pressure()
	if err != nil {
		return Unknown
	}
	before := a.pressure
	a.pressure = p
	if a.gap {
		return Unknown // the growth covers more than this read
	}
	return max(0, p.Some-before.Some)
}
