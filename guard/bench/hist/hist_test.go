package hist

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// exact is the quantile of sorted durations by its definition.
func exact(sorted []time.Duration, q float64) time.Duration {
	return sorted[max(int(math.Ceil(q*float64(len(sorted)))), 1)-1]
}

// samples returns durations spread evenly over the orders of magnitude from 1 ns to 100 s.
func samples(n int) []time.Duration {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = time.Duration(math.Pow(10, 11*r.Float64()))
	}
	return out
}

func TestQuantileAgainstSorting(t *testing.T) {
	for _, n := range []int{1, 2, 10, 999, 20_000} {
		var h Histogram
		all := samples(n)
		for _, d := range all {
			h.Add(d)
		}
		slices.Sort(all)
		for _, q := range []float64{0, 0.01, 0.5, 0.9, 0.99, 0.999, 1} {
			want, got := exact(all, q), h.Quantile(q)
			if most := want + max(want/128, 0) + time.Microsecond; got < want || got > most {
				t.Errorf("n=%d: quantile %v is %v, want %v to %v", n, q, got, want, most)
			}
		}
		if h.Max() != all[n-1] || h.Count() != uint64(n) {
			t.Errorf("n=%d: max %v, count %d; want %v", n, h.Max(), h.Count(), all[n-1])
		}
	}
}

func TestEveryBucketEndsWhereTheNextBegins(t *testing.T) {
	for i := 0; i < size-1; i++ {
		if bucket(upper(i)) != i || bucket(upper(i)+1) != i+1 {
			t.Fatalf("bucket %d ends at %v, which is in %d, and what follows in %d", i, upper(i), bucket(upper(i)), bucket(upper(i)+1))
		}
	}
}

func TestExtremes(t *testing.T) {
	var h Histogram
	if h.Quantile(0.5) != 0 || h.Max() != 0 {
		t.Error("an empty histogram has a quantile")
	}
	h.Add(-time.Second)
	h.Add(1000 * time.Hour)
	if got := h.Quantile(0.5); got != 0 {
		t.Errorf("a negative duration counts as %v", got)
	}
	if got := h.Quantile(1); got != upper(size-1) {
		t.Errorf("a duration beyond all buckets counts as %v, want %v", got, upper(size-1))
	}
}

func TestMergeAndJSON(t *testing.T) {
	var a, b, all Histogram
	for i, d := range samples(2000) {
		all.Add(d)
		if i%3 == 0 {
			a.Add(d)
		} else {
			b.Add(d)
		}
	}
	data, err := json.Marshal(&b)
	if err != nil {
		t.Fatal(err)
	}
	var back Histogram
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	a.Merge(&back)
	if a != all {
		t.Error("a histogram that went through JSON and was merged is not that of all durations")
	}
	for _, bad := range []string{`[]`, `{"buckets":[[999999,1]]}`, `{"buckets":[["a",1]]}`} {
		if json.Unmarshal([]byte(bad), &back) == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

func TestAddDoesNotAllocate(t *testing.T) {
	var h Histogram
	if n := testing.AllocsPerRun(100, func() { h.Add(12345 * time.Microsecond) }); n != 0 {
		t.Errorf("Add allocates %v times", n)
	}
}
