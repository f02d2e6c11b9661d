// Package guard keeps a Go service from starving its own goroutines: it sees within milliseconds that goroutines wait for a processor, says what
// makes them wait, acts on the cause, and leaves evidence.
package guard

import (
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// Action is something that follows the samples and does something about a cause. Observe is called after each sample, from the
// sampler's goroutine, which it must not keep: no blocking, no allocation in the ordinary case. Close takes back what
// the action changed.
type Action interface {
	Name() string
	Observe(s sense.Sample, v classify.Verdict)
	Close() error
}
