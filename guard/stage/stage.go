// Package stage introduces a new variant of a service to a growing share of its traffic, and takes it back at once when it fails or is slow.
//
// A stage file says in which steps (Parse; doc comments of Stage have the meaning of each key):
//
//	[[stage]]
//	name     = "a few"
//	share    = 0.01    # of the traffic, by key
//	requests = 500     # at least, before the next stage
//	observe  = "10m"   # at least
//	errors   = 0.002   # share of the canary's requests that may fail
//	latency  = "80ms"  # that requests should not exceed
//	slow     = 0.01    # share of them that may
//
// A Rollout follows it: Choose says for a key which variant serves it, always the same within a stage and, once canary, canary in all later ones;
// Done takes how a request of the canary ended. Router does both for net/http.
//
// It is for one process. Several that read the same file choose the same keys, and each judges by what it has seen.
package stage

import (
	"fmt"
	"io"
	"math"
	"os"
	"time"
)

// Stage is one step. Keys of the file are its fields in lower case.
type Stage struct {
	// Name is the stage's in reports; no two are the same.
	Name string
	// Share of the keys that the canary serves, more than 0 and at most 1, and more than in the stage before.
	Share float64
	// Requests is the least number of the canary's requests before the next stage. It is also what budgets are for while there were fewer: with
	// 1,000 requests and an error budget of 0.002, the third error ends the rollout, whenever it comes.
	Requests int
	// Observe is the least time before the next stage. Left out: none.
	Observe time.Duration
	// Errors is the share of the canary's requests that may fail, 0 to 1.
	Errors float64
	// Latency is what requests should not exceed; 0, or left out of the file: it does not matter. Slow is the share of them that may, 0 to 1; left
	// out of the file: 0.01.
	Latency time.Duration
	Slow    float64
}

// check returns the key whose value cannot be, and why; before is the stage before, if any.
func (s Stage) check(before *Stage) (key, why string) {
	share := func(f float64) bool { return f >= 0 && f <= 1 }
	switch {
	case s.Name == "":
		return "name", "is empty"
	case !(s.Share > 0 && s.Share <= 1):
		return "share", fmt.Sprintf("is %v, and must be more than 0 and at most 1", s.Share)
	case before != nil && s.Share <= before.Share:
		return "share", fmt.Sprintf("is %v, and must be more than in the stage before, %v", s.Share, before.Share)
	case s.Requests < 1:
		return "requests", fmt.Sprintf("is %d, and must be at least 1", s.Requests)
	case s.Observe < 0:
		return "observe", fmt.Sprintf("is %v, and must not be negative", s.Observe)
	case !share(s.Errors):
		return "errors", fmt.Sprintf("is %v, and must be 0 to 1", s.Errors)
	case s.Latency < 0:
		return "latency", fmt.Sprintf("is %v, and must be positive", s.Latency)
	case !share(s.Slow):
		return "slow", fmt.Sprintf("is %v, and must be 0 to 1", s.Slow)
	}
	return "", ""
}

// Check returns an error that names stage, field and value if the stages cannot be followed.
func Check(stages []Stage) error {
	if len(stages) == 0 {
		return fmt.Errorf("stage: there are no stages")
	}
	names := map[string]bool{}
	var before *Stage
	for i, s := range stages {
		if key, why := s.check(before); key != "" {
			return fmt.Errorf("stage: stage %d, %q: %s %s", i+1, s.Name, key, why)
		}
		if names[s.Name] {
			return fmt.Errorf("stage: stage %d: there is another %q", i+1, s.Name)
		}
		names[s.Name], before = true, &stages[i]
	}
	return nil
}

// Load reads a stage file. Errors in it begin with file, line and column.
func Load(path string) ([]Stage, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, longest+1))
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	return Parse(path, text)
}

// threshold is the share as a bound of hashes.
func threshold(share float64) uint64 {
	if share >= 1 {
		return math.MaxUint64
	}
	return uint64(share * (1 << 32) * (1 << 32))
}
