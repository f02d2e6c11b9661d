package boost

import (
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// machine stands for GOMAXPROCS.
type machine struct {
	base, extra int
	operated    bool
	taken       bool // by somebody else
	most        int  // extra ever
}

func (m *machine) Set(extra int) int {
	m.extra, m.most = extra, max(m.most, extra)
	return extra
}
func (m *machine) Holds() bool    { return m.extra != 0 && !m.taken }
func (m *machine) Base() int      { return m.base }
func (m *machine) Operated() bool { return m.operated }

// process simulates a process with hogs, on two CPUs, for a booster.
type process struct {
	*testing.T
	b       *Booster
	m       *machine
	at      time.Time
	hogs    int
	cause   classify.Cause // when more hogs than processors
	count   bool           // the release tells the number of goroutines
	cpus    float64
	changes []int
}

func newProcess(t *testing.T, config Config) *process {
	t.Helper()
	b, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{base: 2}
	b.claim = m
	return &process{T: t, b: b, m: m, at: time.Unix(1000, 0), cause: classify.Hogs, count: true, cpus: 2}
}

func (p *process) run(length time.Duration) {
	const interval = 5 * time.Millisecond
	for end := p.at.Add(length); p.at.Before(end); {
		p.at = p.at.Add(interval)
		procs := p.m.base + p.m.extra
		s := sense.Sample{At: p.at, Interval: interval, Procs: procs, CPUs: p.cpus, Running: sense.Unknown, Runnable: sense.Unknown, Busy: math.Min(float64(p.hogs), p.cpus)}
		if p.count {
			s.Running = min(p.hogs+1, procs)
			s.Runnable = p.hogs + 1 - s.Running
		}
		v := classify.Verdict{At: p.at}
		if p.hogs > procs {
			v.Cause, v.Delay = p.cause, time.Duration(p.hogs/procs)*20*time.Millisecond
		}
		p.b.Observe(s, v)
		if now := p.m.base + p.m.extra; len(p.changes) == 0 || p.changes[len(p.changes)-1] != now {
			p.changes = append(p.changes, now)
		}
	}
}

func (p *process) expect(what string, procs int) {
	p.Helper()
	if now := p.m.base + p.m.extra; now != procs {
		p.Errorf("%s: GOMAXPROCS is %d, want %d (it was %v)", what, now, procs, p.changes)
	}
}

func TestBoostsWhileThereAreHogs(t *testing.T) {
	for _, count := range []bool{true, false} {
		p := newProcess(t, Config{})
		p.count = count
		p.run(time.Second)
		p.expect("with nothing to do", 2)
		p.hogs = 8
		p.run(200 * time.Millisecond)
		want := 9 // eight and the sampler
		if !count {
			want = 8 // doubled until there is no delay
		}
		p.expect("with eight hogs", want)
		p.run(time.Minute)
		p.expect("after a minute", want)
		p.hogs = 0
		p.run(2 * time.Second)
		p.expect("after the hogs", 2)
		stats := p.b.Stats()
		if stats.Boosts != 1 || stats.Procs != 0 || stats.Time < time.Minute || stats.Time > 63*time.Second {
			t.Errorf("Stats says %+v after one boost of a minute", stats)
		}
	}
}

func TestABoostIsBounded(t *testing.T) {
	p := newProcess(t, Config{Factor: 3, Longest: 2 * time.Second, Hold: time.Second, Cooldown: 5 * time.Second})
	p.hogs = 100
	p.run(1900 * time.Millisecond)
	p.expect("with a hundred hogs", 6)
	p.run(200 * time.Millisecond)
	p.expect("after the longest time", 2)
	p.run(4 * time.Second)
	p.expect("while cooling down", 2)
	p.run(2 * time.Second)
	p.expect("after that", 6)

	p = newProcess(t, Config{Most: 3})
	p.hogs = 100
	p.run(time.Second)
	p.expect("with at most 3", 3)

	p = newProcess(t, Config{Most: 3})
	p.m.base, p.hogs = 8, 100
	p.run(time.Second)
	p.expect("with fewer allowed than there are", 8)
}

func TestOnlyWhereItHelps(t *testing.T) {
	for _, cause := range []classify.Cause{classify.Overload, classify.LockConvoy, classify.GCPressure, classify.Captured, classify.Blocked, classify.Contended} {
		p := newProcess(t, Config{})
		p.hogs, p.cause = 8, cause
		p.run(time.Second)
		p.expect(cause.String(), 2)
	}
}

func TestUnderAQuotaItTakesHogs(t *testing.T) {
	p := newProcess(t, Config{})
	p.cpus, p.hogs, p.cause = 0.5, 8, classify.Throttled
	p.run(time.Second)
	p.expect("with hogs", 9)

	p = newProcess(t, Config{})
	for range 1000 { // of short work: ten pieces in each five milliseconds, of which some are measured
		p.at = p.at.Add(5 * time.Millisecond)
		p.b.Observe(sense.Sample{
			At: p.at, Interval: 5 * time.Millisecond, CPUs: 0.5, Busy: 0.5, Running: 2, Runnable: 30, RunQueue: sense.Delay{Count: 1},
		}, classify.Verdict{Cause: classify.Throttled, Delay: 100 * time.Millisecond})
	}
	p.expect("with short work", 2)
}

func TestYieldsToOthers(t *testing.T) {
	p := newProcess(t, Config{})
	p.m.operated, p.hogs = true, 8
	p.run(time.Second)
	p.expect("the operator's choice", 2)
	if !p.b.Stats().Barred {
		t.Error("Stats does not say that the operator's choice bars it")
	}

	p = newProcess(t, Config{Override: true})
	p.m.operated, p.hogs = true, 8
	p.run(time.Second)
	p.expect("the operator's choice, overridden", 9)

	p = newProcess(t, Config{Cooldown: time.Hour})
	p.hogs = 8
	p.run(time.Second)
	p.m.taken = true
	p.run(time.Second)
	if stats := p.b.Stats(); stats.Yielded != 1 || stats.Procs != 0 {
		t.Errorf("Stats says %+v after somebody else took over", stats)
	}
}

func TestCloseRestores(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	b, err := New(Config{Override: true})
	if err != nil {
		t.Fatal(err)
	}
	b.Observe(sense.Sample{At: time.Now(), Interval: 5 * time.Millisecond, Runnable: 1}, classify.Verdict{Cause: classify.Hogs, Delay: time.Second})
	if now := runtime.GOMAXPROCS(0); now != 2*before {
		t.Errorf("GOMAXPROCS is %d, want %d", now, 2*before)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if now := runtime.GOMAXPROCS(0); now != before {
		t.Errorf("GOMAXPROCS is %d after Close, and was %d", now, before)
	}
}

func TestObserveAllocatesNothing(t *testing.T) {
	p := newProcess(t, Config{})
	p.run(time.Second)
	s := sense.Sample{At: p.at, Interval: 5 * time.Millisecond, Running: 1, CPUs: 2}
	if n := testing.AllocsPerRun(1000, func() { p.b.Observe(s, classify.Verdict{}) }); n != 0 {
		t.Errorf("Observe allocates %v times", n)
	}
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		config Config
		want   string
	}{
		{Config{Factor: 1}, "Factor is 1"},
		{Config{Most: -2}, "Most is -2"},
		{Config{Delay: -1}, "Delay is -1ns"},
		{Config{Step: -time.Second}, "Step is -1s"},
		{Config{Step: time.Second, Hold: time.Millisecond}, "Hold is 1ms"},
		{Config{Hold: time.Minute, Longest: 30 * time.Second}, "Longest is 30s"},
		{Config{Cooldown: -1}, "Cooldown is -1ns"},
	} {
		if b, err := New(test.config); err == nil || b != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("New gave %v, %v; want an error with %q", b, err, test.want)
		}
	}
}
