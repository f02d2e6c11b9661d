package cgroup

import (
	"bytes"
	"errors"
	"fmt"
	"time"
)

// ParsePressure reads cpu.pressure or /proc/pressure/cpu: lines "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345" and "full ...", of
// which only the totals matter here, in microseconds.
func ParsePressure(b []byte) (Pressure, error) {
	var p Pressure
	seen := false
	for len(b) > 0 {
		var line []byte
		line, b = cutLine(b)
		kind, rest := cutField(line)
		var into *time.Duration
		switch string(kind) {
		case "some":
			into, seen = &p.Some, true
		case "full":
			into = &p.Full
		default:
			continue
		}
		total, err := pressureTotal(rest)
		if err != nil {
			return Pressure{}, err
		}
		*into = total
	}
	if !seen {
		return Pressure{}, errors.New("want a line that begins with some, found none")
	}
	return p, nil
}

// pressureTotal finds total=N among the fields of a line.
func pressureTotal(line []byte) (time.Duration, error) {
	for rest := line; len(rest) > 0; {
		var field []byte
		field, rest = cutField(rest)
		value, found := bytes.CutPrefix(field, []byte("total="))
		if !found {
			continue
		}
		if total, ok := parseTime(value, time.Microsecond); ok {
			return total, nil
		}
		break
	}
	return 0, fmt.Errorf("want total=microseconds, found %q", line)
}
