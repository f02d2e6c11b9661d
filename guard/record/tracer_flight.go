//go:build go1.25

package record

import (
	"io"
	"runtime/trace"
)

// flight records with the runtime's flight recorder.
type flight struct {
	c       Config
	fr      *trace.FlightRecorder
	samples sampler
}

func newTracer(c Config) tracer { return &flight{c: c, samples: sampler{off: c.NoSamples}} }

func (f *flight) start() error {
	f.fr = trace.NewFlightRecorder(trace.FlightRecorderConfig{MinAge: f.c.Window, MaxBytes: uint64(f.c.MaxBytes)})
	if err := f.fr.Start(); err != nil {
		return err
	}
	f.samples.start()
	return nil
}

func (f *flight) renew() error { return nil } // it forgets by itself

func (f *flight) snapshot(w io.Writer) error {
	f.samples.stop()
	_, err := f.fr.WriteTo(w)
	return err
}

func (f *flight) stop() {
	f.samples.stop()
	f.fr.Stop()
}
