package procs

import (
	"runtime"
	"testing"
)

// machine has as many processors as it is told, or those of the runtime's choice.
type machine struct {
	n, choice int
	old       bool // a release without automatic
	followed  bool
	sets      int
}

func (m *machine) now() int { return m.n }
func (m *machine) set(n int) {
	m.n, m.followed = n, false
	m.sets++
}
func (m *machine) automatic() (int, bool) {
	if m.old {
		return 0, false
	}
	m.n, m.followed = m.choice, true
	return m.n, true
}

func TestClaimsAddUp(t *testing.T) {
	for _, old := range []bool{false, true} {
		m := &machine{n: 2, choice: 2, followed: true, old: old}
		l := &Limit{actual: m}
		one, two := l.Claim(), l.Claim()
		steps := []struct {
			claim       *Claim
			extra, want int
		}{{one, 1, 3}, {two, 6, 9}, {two, 8, 11}, {one, 0, 10}, {one, 2, 12}, {two, 0, 4}, {one, 0, 2}, {one, 0, 2}, {two, 3, 5}, {two, 0, 2}}
		for i, step := range steps {
			if got := step.claim.Set(step.extra); got != step.extra || m.n != step.want || l.Base() != 2 {
				t.Fatalf("step %d: Set gave %d, the machine has %d (want %d), Base says %d", i, got, m.n, step.want, l.Base())
			}
		}
		if m.followed == old {
			t.Errorf("the runtime follows the machine: %v, in an old release: %v", m.followed, old)
		}
	}
}

func TestAnExplicitChoiceIsRestored(t *testing.T) {
	m := &machine{n: 3, choice: 8}
	l := &Limit{actual: m}
	c := l.Claim()
	c.Set(4)
	if m.n != 7 {
		t.Errorf("the machine has %d processors, want 7", m.n)
	}
	c.Set(0)
	if m.n != 3 || m.followed {
		t.Errorf("the machine has %d processors and the runtime follows: %v; the program had chosen 3", m.n, m.followed)
	}
}

func TestSomebodyElseTakesOver(t *testing.T) {
	m := &machine{n: 2, choice: 2}
	l := &Limit{actual: m}
	one, two := l.Claim(), l.Claim()
	one.Set(4)
	two.Set(1)
	if !one.Holds() || !two.Holds() {
		t.Error("the claims do not hold")
	}
	m.n = 5 // by somebody
	if one.Holds() || two.Holds() {
		t.Error("claims hold after somebody took over")
	}
	if base := l.Base(); base != 5 {
		t.Errorf("Base is %d, and somebody chose 5", base)
	}
	if got := one.Set(8); got != 0 || m.n != 5 {
		t.Errorf("Set gave %d and the machine has %d processors; somebody chose 5", got, m.n)
	}
	if got := two.Set(0); got != 0 || m.n != 5 {
		t.Errorf("Set gave %d and the machine has %d processors; somebody chose 5", got, m.n)
	}
	if got := one.Set(1); got != 1 || m.n != 6 {
		t.Errorf("a new claim gave %d and the machine has %d processors, want 6", got, m.n)
	}
	if one.Set(0); m.n != 5 {
		t.Errorf("the machine has %d processors, want 5 again", m.n)
	}
}

func TestTheProcess(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	c := Process().Claim()
	c.Set(2)
	if now := runtime.GOMAXPROCS(0); now != before+2 {
		t.Errorf("GOMAXPROCS is %d, want %d", now, before+2)
	}
	c.Set(0)
	if now := runtime.GOMAXPROCS(0); now != before {
		t.Errorf("GOMAXPROCS is %d, and was %d", now, before)
	}
}
