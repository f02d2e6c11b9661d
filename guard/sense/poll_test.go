package sense

import (
	"testing"
	"time"
)

// manual is a poll source that fires when the test says so.
type manual struct {
	armed chan time.Duration
	fire  chan bool
}

func (m *manual) arm(after time.Duration) error { m.armed <- after; return nil }
func (m *manual) wait() bool                    { _, ok := <-m.fire; return ok }
func (m *manual) close() error                  { close(m.fire); return nil }

func TestPollProbe(t *testing.T) {
	m := &manual{armed: make(chan time.Duration, 1), fire: make(chan bool)}
	p := &pollProbe{source: m, base: time.Now().Add(-time.Hour)}
	woken := make(chan time.Time)
	go p.run(func(now time.Time) { woken <- now })
	now := time.Now()
	if late := p.take(now.Add(time.Hour)); late != 0 {
		t.Errorf("not armed: %v late", late)
	}
	p.arm(now.Add(-time.Minute), time.Second)
	if after := <-m.armed; after != time.Second {
		t.Errorf("armed for %v", after)
	}
	p.arm(now, time.Second) // under way: nothing happens
	if late := p.take(now); late != 59*time.Second {
		t.Errorf("overdue by %v, want 59s", late)
	}
	m.fire <- true
	<-woken
	if late := p.take(now); late < 59*time.Second {
		t.Errorf("was %v late, want 59s at least", late)
	}
	if late := p.take(now); late != 0 {
		t.Errorf("asked again: %v late, want none", late)
	}
	p.close()
	var none *pollProbe
	none.arm(now, time.Second)
	if none.take(now) != Unknown || none.close() != nil {
		t.Error("a probe that there is not must say that it knows nothing")
	}
}
