package shed

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// WaitedSince returns a function for HTTP.Waited that takes the time at which a request began from a header that a proxy before the service sets, such as
// X-Request-Start. It is a Unix time, with or without "t=" before it: in seconds with a fraction (nginx: t=${msec}), in milliseconds, or in
// microseconds, told apart by size. A request without the header, or with something else in it, has not waited; neither has one from the future.
//
// It compares two clocks: use it where the proxy runs on the same machine or both follow the same time closely, with a patience well above their
// difference.
func WaitedSince(header string) func(*http.Request) time.Duration {
	return func(r *http.Request) time.Duration {
		return waited(r.Header.Get(header), time.Now())
	}
}

// waited is how long before now the time in text was.
func waited(text string, now time.Time) time.Duration {
	t, err := strconv.ParseFloat(strings.TrimPrefix(text, "t="), 64)
	if err != nil || !(t > 0 && t < 1e17) {
		return 0
	}
	switch {
	case t >= 1e14:
		t /= 1e6
	case t >= 1e11:
		t /= 1e3
	}
	seconds := float64(now.UnixMicro())/1e6 - t
	return time.Duration(min(max(seconds, 0), 3600) * float64(time.Second))
}
