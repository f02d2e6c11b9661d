package device

import (
	"fmt"
	"strconv"
	"strings"
)

// Release is a kernel release such as "5.10" or "6.1.0-37-cloud-arm64"; only the leading numbers count.
type Release string

// Numbers are the up to three leading numbers of the release, missing ones 0.
func (r Release) Numbers() ([3]int, error) {
	var out [3]int
	text := string(r)
	if i := strings.IndexFunc(text, func(c rune) bool { return c != '.' && (c < '0' || c > '9') }); i >= 0 {
		text = text[:i]
	}
	for i, part := range strings.SplitN(strings.Trim(text, "."), ".", 4) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return out, fmt.Errorf("%q is no kernel release: want numbers such as 5.10 or 6.1.0", string(r))
		}
		if i < len(out) {
			out[i] = n
		}
	}
	return out, nil
}

// Compare orders releases by their numbers. One that has none is before all others.
func (r Release) Compare(other Release) int {
	a, _ := r.Numbers()
	b, _ := other.Numbers()
	for i := range a {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Contains reports whether a kernel of that release is in the range.
func (k Kernel) Contains(r Release) bool {
	if k.Min != "" && r.Compare(k.Min) < 0 {
		return false
	}
	// An end such as 6.6 means all of 6.6.x.
	return k.Max == "" || r.Compare(k.Max) <= 0 || strings.HasPrefix(string(r), string(k.Max)+".")
}

func (k Kernel) String() string {
	switch {
	case k.Min == "" && k.Max == "":
		return "any"
	case k.Max == "":
		return string(k.Min) + " or newer"
	case k.Min == "":
		return "up to " + string(k.Max)
	}
	return string(k.Min) + " to " + string(k.Max)
}
