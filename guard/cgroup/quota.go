package cgroup

import (
	"bytes"
	"fmt"
	"time"
)

// ParseMax reads version 2's cpu.max: "max 100000", "50000 100000", or a quota alone. Unit: microseconds.
func ParseMax(b []byte) (Quota, error) {
	line, _ := cutLine(b)
	first, rest := cutField(line)
	second, rest := cutField(rest)
	if extra, _ := cutField(rest); len(extra) > 0 {
		return Quota{}, fmt.Errorf("want a quota and a period, found %q", line)
	}
	q := Quota{Period: 100 * time.Millisecond} // the kernel's default
	if len(second) > 0 {
		period, ok := parseTime(second, time.Microsecond)
		if !ok || period == 0 {
			return Quota{}, fmt.Errorf("want a period in microseconds, found %q", second)
		}
		q.Period = period
	}
	if string(first) == "max" {
		return Quota{}, nil
	}
	limit, ok := parseTime(first, time.Microsecond)
	if !ok || limit == 0 {
		return Quota{}, fmt.Errorf("want max or a quota in microseconds, found %q", first)
	}
	q.Time = limit
	return q, nil
}

// ParseCFS reads version 1's pair of cpu.cfs_quota_us, which is -1 without a limit, and cpu.cfs_period_us.
func ParseCFS(quota, period []byte) (Quota, error) {
	quota, period = bytes.TrimSpace(quota), bytes.TrimSpace(period)
	if len(quota) > 0 && quota[0] == '-' {
		if _, ok := parseUint(quota[1:]); !ok {
			return Quota{}, fmt.Errorf("want a quota in microseconds, found %q", quota)
		}
		return Quota{}, nil
	}
	limit, ok := parseTime(quota, time.Microsecond)
	if !ok {
		return Quota{}, fmt.Errorf("want a quota in microseconds, found %q", quota)
	}
	length, ok := parseTime(period, time.Microsecond)
	if !ok || length == 0 {
		return Quota{}, fmt.Errorf("want a period in microseconds, found %q", period)
	}
	if limit == 0 {
		return Quota{}, nil
	}
	return Quota{Time: limit, Period: length}, nil
}

// ParseWeight reads cpu.weight (version 2, 1 to 10000, default 100) or cpu.shares (version 1, 2 to 262144, default 1024) and gives
// the share relative to the default: 1 is an ordinary group, 0.5 gets half of what such a neighbour gets.
func ParseWeight(b []byte, v Version) (float64, error) {
	b = bytes.TrimSpace(b)
	n, ok := parseUint(b)
	if !ok || n == 0 {
		return 0, fmt.Errorf("want a weight, found %q", b)
	}
	if v == V1 {
		return float64(n) / 1024, nil
	}
	return float64(n) / 100, nil
}
