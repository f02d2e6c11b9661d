package report

import (
	"testing"
	"time"
)

// life makes a goroutine out of spans.
func life(f *follower, spans ...span) *goroutine {
	g := &goroutine{spans: spans}
	f.list = append(f.list, g)
	return g
}

const ms = int64(time.Millisecond)

// blames gives the blame of each goroutine, in milliseconds.
func blames(f *follower) (map[*goroutine]float64, *blamer) {
	b := newBlamer(f, Options{}.withDefaults())
	b.holds()
	b.locks()
	b.syscalls()
	b.spread()
	all := map[*goroutine]float64{}
	for _, s := range b.sorted() {
		for g, blame := range s.goroutines {
			all[g] += blame / float64(ms)
		}
	}
	return all, b
}

func running1(from, to int64) span { return span{state: running, from: from * ms, to: to * ms} }

func TestBlameAddsUp(t *testing.T) {
	f := newFollower()
	f.procs = 2
	a := life(f, running1(0, 100))
	b := life(f, running1(0, 5), span{state: waiting, from: 5 * ms, to: 60 * ms}, running1(60, 61))
	life(f, span{state: runnable, from: 0, to: 40 * ms}) // 5 ms of it behind both
	life(f, span{state: runnable, from: 0, to: 9 * ms})  // shorter than the limit
	got, sum := blames(f)
	if got[a] != 37.5 || got[b] != 2.5 || sum.runQueue.Count != 1 || sum.runQueue.Total != 40*time.Millisecond {
		t.Errorf("%v and %v ms of blame, expected 37.5 and 2.5; %v", got[a], got[b], sum.runQueue)
	}
}

// Two long runs on two processors hold up timers and the network, for which nobody is seen to wait.
func TestAllProcessorsHeld(t *testing.T) {
	f := newFollower()
	f.procs = 2
	a := life(f, running1(0, 100))
	b := life(f, running1(50, 120))
	got, _ := blames(f)
	if got[a] != 25 || got[b] != 25 {
		t.Errorf("%v and %v ms of blame, expected 25 each", got[a], got[b])
	}
}

// A process that is stopped from outside: the run is to blame for one wait, not for all that wait meanwhile.
func TestStandstill(t *testing.T) {
	f := newFollower()
	f.procs, f.samples = 2, 1
	f.gaps = [][2]int64{{10 * ms, 90 * ms}}
	a := life(f, running1(0, 100))
	for range 3 {
		life(f, span{state: runnable, from: 0, to: 100 * ms})
	}
	got, sum := blames(f)
	if got[a] != 3*20+80 || sum.unheld != float64(3*80*ms) {
		t.Errorf("%v ms of blame and %v ms unheld, expected 140 and 240", got[a], sum.unheld/float64(ms))
	}
}

func TestUnheld(t *testing.T) {
	f := newFollower()
	f.procs = 1
	life(f, span{state: runnable, from: 0, to: 20 * ms})
	if got, sum := blames(f); len(got) > 0 || sum.unheld != float64(20*ms) {
		t.Errorf("%v, %v unheld", got, sum.unheld)
	}
}

// A lock goes from a to b to c. What c waits for is a's sleep, then b's run; b waited for a, too.
func TestPathBehindALock(t *testing.T) {
	f := newFollower()
	f.procs = 4
	a := life(f, span{state: waiting, from: 0, to: 50 * ms}, running1(50, 51))
	b := life(f, span{state: waiting, why: onLock, from: 0, to: 50 * ms, waker: a}, running1(50, 80))
	life(f, span{state: waiting, why: onLock, from: 0, to: 80 * ms, waker: b})
	got, sum := blames(f)
	if got[a] != 50+50 || got[b] != 30 || sum.lockWaits.Total != 130*time.Millisecond {
		t.Errorf("%v and %v ms of blame for %v, expected 100 and 30", got[a], got[b], sum.lockWaits)
	}
}

// Blocked system calls are no trouble until there are more of them than processors.
func TestPileOfSystemCalls(t *testing.T) {
	for n, want := range map[int]int{2: 0, 3: 3} {
		f := newFollower()
		f.procs = 2
		for range n {
			life(f, span{state: syscalling, from: 0, to: 100 * ms})
		}
		if got, _ := blames(f); len(got) != want {
			t.Errorf("%d calls: %d blamed, expected %d", n, len(got), want)
		}
	}
}
