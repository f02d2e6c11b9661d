package cgroup_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mote-go/mote/guard/cgroup"
)

func FuzzParseMax(f *testing.F) {
	f.Add([]byte("max 100000\n"))
	f.Add([]byte("50000 100000\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := cgroup.ParseMax(b)
		if err != nil && q != (cgroup.Quota{}) || q.Time < 0 || q.Period < 0 || q.Limited() != (q.CPUs() > 0) {
			t.Errorf("%q gives %+v, %v", b, q, err)
		}
	})
}

func FuzzParseCFS(f *testing.F) {
	f.Add([]byte("-1\n"), []byte("100000\n"))
	f.Add([]byte("50000\n"), []byte("100000\n"))
	f.Fuzz(func(t *testing.T, quota, period []byte) {
		q, err := cgroup.ParseCFS(quota, period)
		if err != nil && q != (cgroup.Quota{}) || q.Time < 0 || q.Period < 0 || q.Limited() != (q.CPUs() > 0) {
			t.Errorf("%q, %q give %+v, %v", quota, period, q, err)
		}
	})
}

func FuzzParseStat(f *testing.F) {
	f.Add([]byte("nr_periods 32\nnr_throttled 30\nthrottled_time 1420000000\n"))
	f.Add([]byte("usage_usec 1\nnr_periods 32\nnr_throttled 30\nthrottled_usec 1420000\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := cgroup.ParseStat(b); err != nil && s != (cgroup.Stat{}) || s.Time < 0 {
			t.Errorf("%q gives %+v, %v", b, s, err)
		}
	})
}

func FuzzParsePressure(f *testing.F) {
	f.Add([]byte("some avg10=4.17 avg60=5.39 avg300=9.54 total=27791018399\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := cgroup.ParsePressure(b)
		if err != nil && p != (cgroup.Pressure{}) || p.Some < 0 || p.Full < 0 || err == nil && !bytes.Contains(b, []byte("some")) {
			t.Errorf("%q gives %+v, %v", b, p, err)
		}
	})
}

func FuzzParseMembership(f *testing.F) {
	f.Add([]byte("3:cpu,cpuacct:/app\n0::/app\n"))
	f.Add([]byte("0::/../a:b\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := cgroup.ParseMembership(b)
		for _, m := range all {
			if err != nil || !strings.HasPrefix(m.Path, "/") || strings.Contains(m.Path, "\n") {
				t.Errorf("%q gives %+v, %v", b, m, err)
			}
		}
	})
}

func FuzzParseMounts(f *testing.F) {
	f.Add([]byte(otherMount + v1Mount + v2Mount))
	f.Add([]byte(`29 22 0:26 / /sys/fs/c\040group rw - cgroup2 none rw`))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := cgroup.ParseMounts(b)
		for _, m := range all {
			if err != nil || m.Type != "cgroup" && m.Type != "cgroup2" || len(m.Options) == 0 {
				t.Errorf("%q gives %+v, %v", b, m, err)
			}
		}
	})
}
