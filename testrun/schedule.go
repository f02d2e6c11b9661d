package testrun

import (
	"bytes"
	"context"
	"io"
	"sync"

	"mote/compiler/load"
)

// schedule runs packages side by side, at most Jobs at once, and reports in order.
type schedule struct {
	Config
	packages []load.Found
	out, err io.Writer // shared by packages that run side by side
}

func newSchedule(cfg Config, packages []load.Found) *schedule {
	s := &schedule{Config: cfg, packages: packages}
	s.Jobs = max(cfg.Jobs, 1)
	s.out, s.err = &lockedWriter{to: cfg.Out}, &lockedWriter{to: cfg.Err}
	return s
}

// streams reports whether a package's output goes out while it runs. Events may come in any order; lines of text may not.
func (s *schedule) streams() bool {
	return s.JSON || s.implicitPackage() || s.Options.Bench != "" || s.Options.showsPasses() && (len(s.packages) == 1 || s.Jobs == 1)
}

// run returns whether all packages passed.
func (s *schedule) run(ctx context.Context) bool {
	slots := make(chan struct{}, s.slots())
	reports := make([]chan bool, len(s.packages))
	outputs := make([]bytes.Buffer, len(s.packages))
	for i := range s.packages {
		reports[i] = make(chan bool, 1)
	}
	go func() {
		for i, pkg := range s.packages {
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				var out io.Writer = &outputs[i]
				if s.streams() {
					out = s.out
				}
				reports[i] <- s.test(ctx, pkg, out)
			}()
		}
	}()
	passed := true
	for i := range s.packages {
		passed = <-reports[i] && passed
		s.out.Write(outputs[i].Bytes())
	}
	return passed
}

// slots is how many packages may run at once: one where text goes out as it comes, and where counts must not depend on neighbours.
func (s *schedule) slots() int {
	if s.streams() && !s.JSON {
		return 1
	}
	return s.Jobs
}

// lockedWriter lets several goroutines write; each Write goes out whole.
type lockedWriter struct {
	mu sync.Mutex
	to io.Writer
}

// Write implements io.Writer.
func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}
