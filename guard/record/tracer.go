package record

import (
	"io"
	"runtime/pprof"
)

// tracer is what records. Its methods are called by one goroutine.
type tracer interface {
	start() error
	renew() error               // forget what is older than the window
	snapshot(w io.Writer) error // write what there is; stop follows
	stop()
}

// sampler takes CPU samples while a tracer is on; the runtime puts them in the trace.
type sampler struct {
	off bool // by configuration
	on  bool
}

// start does nothing where the program takes a profile already: its samples serve as well.
func (s *sampler) start() { s.on = !s.off && pprof.StartCPUProfile(io.Discard) == nil }

func (s *sampler) stop() {
	if s.on {
		pprof.StopCPUProfile()
		s.on = false
	}
}
