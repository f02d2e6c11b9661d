package cgroup

import (
	"fmt"
	"time"
)

// ParseStat reads cpu.stat. Version 1 has throttled_time in nanoseconds, version 2 has throttled_usec; lines it does not know it passes over.
func ParseStat(b []byte) (Stat, error) {
	var s Stat
	for len(b) > 0 {
		var line []byte
		line, b = cutLine(b)
		key, rest := cutField(line)
		value, _ := cutField(rest)
		ok := true
		switch string(key) {
		case "nr_periods":
			s.Periods, ok = parseUint(value)
			s.Bandwidth = true
		case "nr_throttled":
			s.Throttled, ok = parseUint(value)
		case "throttled_time":
			s.Time, ok = parseTime(value, time.Nanosecond)
		case "throttled_usec":
			s.Time, ok = parseTime(value, time.Microsecond)
		}
		if !ok {
			return Stat{}, fmt.Errorf("want a number after %s, found %q", key, value)
		}
	}
	return s, nil
}
