//go:build !go1.25

package record

import (
	"bytes"
	"io"
	"runtime/trace"
	"sync"
)

// window records with an ordinary trace, into memory.
type window struct {
	buffer  limited
	samples sampler
	on      bool
}

func newTracer(c Config) tracer {
	return &window{buffer: limited{most: int(c.MaxBytes)}, samples: sampler{off: c.NoSamples}}
}

func (w *window) start() error {
	w.buffer.reset()
	if err := trace.Start(&w.buffer); err != nil {
		return err
	}
	w.on = true
	w.samples.start()
	return nil
}

func (w *window) renew() error {
	w.stop()
	return w.start()
}

func (w *window) snapshot(out io.Writer) error {
	w.stop()
	return w.buffer.copyTo(out)
}

func (w *window) stop() {
	w.samples.stop()
	if w.on {
		trace.Stop()
		w.on = false
	}
}

// limited keeps the first bytes of what is written. A trace that was cut off can be read up to the cut.
type limited struct {
	mu   sync.Mutex
	b    bytes.Buffer
	most int
}

func (l *limited) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Reset()
}

func (l *limited) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Write(p[:min(len(p), l.most-l.b.Len())])
	return len(p), nil
}

func (l *limited) copyTo(w io.Writer) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := w.Write(l.b.Bytes())
	return err
}
