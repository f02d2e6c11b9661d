package classify_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/internal/recording"
)

// The files in testdata were recorded with the modes after which they are called, on a machine with two CPUs that others used at the same time; the
// first 300 ms of each are before the beginning. bursts is three stretches of healthy -service=1ms on a machine of its own: one request in a hundred waited for
// more than the limit, never for long.
func TestRecorded(t *testing.T) {
	want := map[string]classify.Cause{
		"assist": classify.GCPressure, "blocked": classify.Blocked, "bursts": classify.Healthy, "capture": classify.Captured, "contended": classify.Contended, "convoy": classify.LockConvoy,
		"healthy": classify.Healthy, "hogs": classify.Hogs, "manyhogs": classify.Hogs, "overload": classify.Overload, "parked": classify.Blocked,
		"poller": classify.LateTimers, "quota": classify.Throttled, "sleeplock": classify.LockConvoy, "stopworld": classify.GCPressure,
	}
	files, err := filepath.Glob("testdata/*.jsonl")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d recordings, %v, want %d", len(files), err, len(want))
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(name, func(t *testing.T) {
			s := newSeries(t, classify.Config{})
			held := map[classify.Cause]time.Duration{}
			recorded, err := recording.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range recorded.Samples {
				if v := s.add(x); v.Starving() {
					held[v.Cause] += x.Interval
				}
			}
			longest := classify.Healthy
			for cause, length := range held {
				if length > held[longest] {
					longest = cause
				}
			}
			if longest != want[name] {
				t.Errorf("the verdict that held longest is %v, want %v; all: %v", longest, want[name], held)
			}
		})
	}
}
