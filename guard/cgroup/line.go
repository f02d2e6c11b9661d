package cgroup

import (
	"bytes"
	"math"
	"time"
)

// cutLine takes the first line off b, without its newline.
func cutLine(b []byte) (line, rest []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// cutField takes the first word off a line.
func cutField(line []byte) (field, rest []byte) {
	for len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		line = line[1:]
	}
	for i, c := range line {
		if c == ' ' || c == '\t' {
			return line[:i], line[i+1:]
		}
	}
	return line, nil
}

// parseUint reads decimal digits and nothing else. strconv would want a string, and so an allocation.
func parseUint(b []byte) (uint64, bool) {
	if len(b) == 0 {
		return 0, false
	}
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		d := uint64(c - '0')
		if n > (math.MaxUint64-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// parseTime reads a count of units as a duration; what does not fit in one becomes the longest.
func parseTime(b []byte, unit time.Duration) (time.Duration, bool) {
	n, ok := parseUint(b)
	if !ok {
		return 0, false
	}
	if n > uint64(math.MaxInt64/int64(unit)) {
		return math.MaxInt64, true
	}
	return time.Duration(n) * unit, true
}
