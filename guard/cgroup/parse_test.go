package cgroup_test

import (
	"math"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
)

func TestParseMax(t *testing.T) {
	tests := []struct {
		in   string
		cpus float64
		ok   bool
	}{
		{"max 100000\n", 0, true},
		{"50000 100000\n", 0.5, true},
		{"1000 1000000\n", 0.001, true},
		{"50000\n", 0.5, true},
		{"99999999999999999999 100000\n", 0, false},
		{"", 0, false},
		{"-1 100000", 0, false},
		{"0 100000", 0, false},
		{"50000 0", 0, false},
		{"50000 100000 1", 0, false},
		{"5e4 100000", 0, false},
	}
	for _, test := range tests {
		q, err := cgroup.ParseMax([]byte(test.in))
		if (err == nil) != test.ok || q.CPUs() != test.cpus {
			t.Errorf("ParseMax(%q) = %+v, %v, want %v CPUs", test.in, q, err, test.cpus)
		}
	}
}

func TestParseCFS(t *testing.T) {
	tests := []struct {
		quota, period string
		cpus          float64
		ok            bool
	}{
		{"-1\n", "100000\n", 0, true},
		{"250000\n", "100000\n", 2.5, true},
		{"1000\n", "1000000\n", 0.001, true},
		{"", "100000\n", 0, false},
		{"50000\n", "0\n", 0, false},
		{"50000\n", "", 0, false},
		{"-x\n", "100000\n", 0, false},
	}
	for _, test := range tests {
		q, err := cgroup.ParseCFS([]byte(test.quota), []byte(test.period))
		if (err == nil) != test.ok || q.CPUs() != test.cpus {
			t.Errorf("ParseCFS(%q, %q) = %+v, %v, want %v CPUs", test.quota, test.period, q, err, test.cpus)
		}
	}
}

func TestQuotaLess(t *testing.T) {
	none, half, two := cgroup.Quota{}, cgroup.Quota{Time: 50, Period: 100}, cgroup.Quota{Time: 20, Period: 10}
	for _, test := range []struct {
		a, b cgroup.Quota
		want bool
	}{{half, none, true}, {none, half, false}, {half, two, true}, {two, half, false}, {none, none, false}} {
		if got := test.a.Less(test.b); got != test.want {
			t.Errorf("%+v.Less(%+v) = %v", test.a, test.b, got)
		}
	}
}

func TestParseStat(t *testing.T) {
	v1 := "nr_periods 32\nnr_throttled 30\nthrottled_time 1420000000\nnr_bursts 0\nburst_time 0\n"
	v2 := "usage_usec 1\nuser_usec 1\nsystem_usec 0\ncore_sched.force_idle_usec 0\nnr_periods 32\nnr_throttled 30\nthrottled_usec 1420000\nnr_bursts 0\nburst_usec 0\n"
	want := cgroup.Stat{Periods: 32, Throttled: 30, Time: 1420 * time.Millisecond, Bandwidth: true}
	for _, in := range []string{v1, v2} {
		if got, err := cgroup.ParseStat([]byte(in)); err != nil || got != want {
			t.Errorf("ParseStat(%q) = %+v, %v, want %+v", in, got, err, want)
		}
	}
	if got, err := cgroup.ParseStat([]byte("usage_usec 1\n")); err != nil || got.Bandwidth {
		t.Errorf("without bandwidth control: %+v, %v", got, err)
	}
	if got, err := cgroup.ParseStat([]byte("throttled_usec 18446744073709551615\n")); err != nil || got.Time != math.MaxInt64 {
		t.Errorf("a time that does not fit: %+v, %v, want the longest", got, err)
	}
	for _, in := range []string{"nr_periods\n", "nr_throttled -1\n", "throttled_usec x\n"} {
		if _, err := cgroup.ParseStat([]byte(in)); err == nil {
			t.Errorf("ParseStat(%q) gives no error", in)
		}
	}
}

func TestParsePressure(t *testing.T) {
	in := "some avg10=4.17 avg60=5.39 avg300=9.54 total=27791018399\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=12\n"
	want := cgroup.Pressure{Some: 27791018399 * time.Microsecond, Full: 12 * time.Microsecond}
	if got, err := cgroup.ParsePressure([]byte(in)); err != nil || got != want {
		t.Errorf("ParsePressure = %+v, %v, want %+v", got, err, want)
	}
	for _, in := range []string{"", "full total=1\n", "some avg10=1\n", "some total=\n", "some total=-4\n"} {
		if _, err := cgroup.ParsePressure([]byte(in)); err == nil {
			t.Errorf("ParsePressure(%q) gives no error", in)
		}
	}
}

func TestParseWeight(t *testing.T) {
	for _, test := range []struct {
		in      string
		version cgroup.Version
		want    float64
	}{{"1024\n", cgroup.V1, 1}, {"100\n", cgroup.V2, 1}, {"2\n", cgroup.V1, 2. / 1024}, {"10000\n", cgroup.V2, 100}} {
		if got, err := cgroup.ParseWeight([]byte(test.in), test.version); err != nil || got != test.want {
			t.Errorf("ParseWeight(%q) = %v, %v, want %v", test.in, got, err, test.want)
		}
	}
	for _, in := range []string{"", "0", "-1", "default"} {
		if _, err := cgroup.ParseWeight([]byte(in), cgroup.V2); err == nil {
			t.Errorf("ParseWeight(%q) gives no error", in)
		}
	}
}
