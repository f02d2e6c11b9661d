package load

import (
	"testing"
	"time"
)

const ms = time.Millisecond

// simulate plays a load against a server that answers request i after latency(i), or never if that is negative, over so many connections, in simulated
// time, which passes in steps of 10 µs. It returns the report and the number of requests that the server got in each 100 ms.
func simulate(t *testing.T, spec Spec, connections int, latency func(i int) (time.Duration, Status)) (*Report, []int) {
	t.Helper()
	if err := spec.Check(); err != nil {
		t.Fatal(err)
	}
	type request struct {
		intended, back time.Duration
		status         Status
	}
	l := NewLedger(spec)
	var busy []request
	var arrivals []int
	freeSince := time.Duration(0)
	sent := 0
	for now := time.Duration(0); now < spec.last(); now += 10 * time.Microsecond {
		kept := busy[:0]
		for _, r := range busy {
			if r.back < 0 || r.back > now {
				kept = append(kept, r)
				continue
			}
			if len(busy) == connections {
				freeSince = now
			}
			l.Answered(r.intended, now, r.status)
		}
		busy = kept
		for len(busy) < connections && l.Due(now) {
			delay, status := latency(sent)
			r := request{l.Take(now, freeSince), now + delay, status}
			if delay < 0 {
				r.back = -1
			}
			busy = append(busy, r)
			sent++
			for slot := int(now / (100 * ms)); len(arrivals) <= slot; {
				arrivals = append(arrivals, 0)
			}
			arrivals[now/(100*ms)]++
		}
	}
	for _, r := range busy {
		l.Abandoned(r.intended)
	}
	return l.Finish(), arrivals
}

func TestTheRateIsKeptToTheRequest(t *testing.T) {
	spec := Spec{Rate: 2500, Duration: 2 * time.Second, Limit: 100 * ms, Patience: time.Second, Settle: time.Second, SettleRate: 1000}
	report, arrivals := simulate(t, spec, 1000, func(int) (time.Duration, Status) { return ms, Served })
	for slot, n := range arrivals {
		want := 250
		if slot < 10 {
			want = 100
		}
		if n != want {
			t.Errorf("%d requests in tenth %d, want %d", n, slot, want)
		}
	}
	if want := (Classes{Good: 5000}); report.Classes != want {
		t.Errorf("classes %v, want %v", report.Classes, want)
	}
	if report.Goodput() != 2500 {
		t.Errorf("goodput %v", report.Goodput())
	}
}

func TestIntendedHasNoDrift(t *testing.T) {
	spec := Spec{Rate: 3, Duration: 1000 * time.Second, Settle: 500 * ms, SettleRate: 7}
	if got, want := spec.Total(), 4+3000; got != want { // of seven a second, those at 0, 1/7, 2/7 and 3/7 s are in the first half
		t.Errorf("%d requests, want %d", got, want)
	}
	for _, c := range []struct {
		i    int
		want time.Duration
	}{{0, 0}, {1, 142857142}, {3, 428571428}, {4, 500 * ms}, {5, 500*ms + 333333333}, {7, 1500 * ms}, {4 + 2999, 1000*time.Second + 166666666}} {
		if got := spec.Intended(c.i); got != c.want {
			t.Errorf("request %d is meant for %v, want %v", c.i, got, c.want)
		}
	}
}

// A server that stalls for half a second on its only connection is charged for all requests that were meant to go out meanwhile.
func TestAStallIsChargedToAllWhoWaited(t *testing.T) {
	spec := Spec{Rate: 100, Duration: 2 * time.Second, Limit: 100 * ms, Patience: time.Second}
	report, _ := simulate(t, spec, 1, func(i int) (time.Duration, Status) {
		if i == 100 {
			return 500 * ms, Served
		}
		return ms, Served
	})
	// Request 100 takes 500 ms. Meanwhile 50 more are due, and the loop catches up at one a millisecond: the k-th of them comes back 500-10k+1+k ms late,
	// which is over the limit up to k = 44; 100 itself is late too.
	if want := (Classes{Good: 155, Late: 45}); report.Classes != want {
		t.Errorf("classes %v, want %v", report.Classes, want)
	}
	if report.Blocked < 50 {
		t.Errorf("%d requests found no connection, want 50 at least", report.Blocked)
	}
	if late := report.Lateness.Max(); late > 20*time.Microsecond {
		t.Errorf("the server's stall counts as the generator's lateness, %v", late)
	}
}

func TestClasses(t *testing.T) {
	spec := Spec{Rate: 1000, Duration: time.Second, Limit: 100 * ms, Patience: time.Second}
	report, _ := simulate(t, spec, 1000, func(i int) (time.Duration, Status) {
		switch i % 10 {
		case 0:
			return 100 * ms, Served // just in time
		case 1:
			return 101 * ms, Served
		case 2:
			return ms, Refused
		case 3:
			return ms, Broken
		case 4:
			return -1, Served
		}
		return ms, Served
	})
	if want := (Classes{Good: 600, Late: 200, Shed: 100, Failed: 100}); report.Classes != want {
		t.Errorf("classes %v, want %v", report.Classes, want)
	}
	if report.Unanswered != 100 || report.Classes.Total() != 1000 {
		t.Errorf("%d unanswered, %d in all", report.Unanswered, report.Classes.Total())
	}
	if report.Accepted.Count() != 700 || report.Refused.Count() != 100 {
		t.Errorf("latency of %d served and %d refused requests, want 700 and 100", report.Accepted.Count(), report.Refused.Count())
	}
	if s := report.Series[0]; s.Classes != report.Classes || s.P50 < ms || s.P50 > 2*ms || s.P99 < 101*ms {
		t.Errorf("the only second is %+v", s)
	}
}

func TestRequestsWithoutConnectionAreGivenUp(t *testing.T) {
	spec := Spec{Rate: 1000, Duration: 3 * time.Second, Limit: 100 * ms, Patience: 200 * ms}
	report, arrivals := simulate(t, spec, 10, func(i int) (time.Duration, Status) {
		if i < 10 {
			return 1500 * ms, Served
		}
		return 0, Served
	})
	// The first ten hold all connections for 1.5 s; of what was due meanwhile, the last 200 ms are still waited for.
	if report.Unsent < 1280 || report.Unsent > 1320 {
		t.Errorf("%d given up, want 1300 or so", report.Unsent)
	}
	if report.Classes.Total() != 3000 {
		t.Errorf("%d requests in all classes, want 3000", report.Classes.Total())
	}
	if last := arrivals[len(arrivals)-1]; last != 100 {
		t.Errorf("%d requests in the last tenth, want 100: the backlog is not gone", last)
	}
}

func TestAGeneratorThatFallsBehindSaysSo(t *testing.T) {
	spec := Spec{Rate: 1000, Duration: time.Second, Limit: 100 * ms, Patience: time.Second}
	for _, c := range []struct {
		late    time.Duration
		invalid bool
	}{{9 * ms, false}, {11 * ms, true}} {
		l := NewLedger(spec)
		for now := c.late; l.Due(now); now += ms {
			l.Answered(l.Take(now, 0), now, Served)
		}
		r := l.Finish()
		r.judge()
		if (r.Invalid != "") != c.invalid {
			t.Errorf("%v late: invalid is %q", c.late, r.Invalid)
		}
	}
}

func TestWait(t *testing.T) {
	l := NewLedger(Spec{Rate: 2, Duration: time.Second, Limit: 100 * ms, Patience: time.Second})
	l.Take(0, 0)
	for _, c := range []struct{ now, want time.Duration }{{100 * ms, 400 * ms}, {500 * ms, 0}, {600 * ms, 0}} {
		if got := l.Wait(c.now); got != c.want {
			t.Errorf("at %v: wait %v, want %v", c.now, got, c.want)
		}
	}
	l.Take(500*ms, 0)
	if got := l.Wait(900 * ms); got != 100*ms {
		t.Errorf("all sent: %v until the end", got)
	}
	if got := l.Wait(time.Second); got < time.Second {
		t.Errorf("at the end: %v, which is a busy loop while answers are waited for", got)
	}
}

func TestSpecErrorsNameTheField(t *testing.T) {
	good := Spec{Rate: 1, Duration: 1, Limit: 1, Patience: 1, Settle: 1, SettleRate: 1}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Spec){
		"rate is 0, and must be positive":                     func(s *Spec) { s.Rate = 0 },
		"duration is -1ns, and must be positive":              func(s *Spec) { s.Duration = -1 },
		"limit is 0s, and must be positive":                   func(s *Spec) { s.Limit = 0 },
		"patience is 0s, and must be at least the limit, 1ns": func(s *Spec) { s.Patience = 0 },
		"settle is -1ns, and must not be negative":            func(s *Spec) { s.Settle = -1 },
		"settle rate is 0, and must be positive":              func(s *Spec) { s.SettleRate = 0 },
	} {
		s := good
		change(&s)
		if err := s.Check(); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
