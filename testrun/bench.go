package testrun

import (
	"bytes"
	"io"
	"regexp"
)

// benchWriter adds to the results of benchmarks the number of instructions for each operation.
//
// Benchmarks run with virtual time that advances by a nanosecond for each executed instruction (QEMU's -icount shift=0), and the testing package
// reads the clock right where it starts and stops its timer. So the nanoseconds of an operation are its instructions, exact up to one tick
// of the device's clock for the whole run, and the same every time; unless the benchmark waits, which takes time but
// no instructions. The number stands as a metric of its own, because that is what it means.
type benchWriter struct {
	to   io.Writer
	line []byte // held while it may be a result
}

func newBenchWriter(to io.Writer) *benchWriter { return &benchWriter{to: to} }

// result is the testing package's line of a benchmark, up to the time.
var result = regexp.MustCompile(`^(Benchmark\S*\s+\d+\s+([0-9.]+) ns/op)(.*)\n$`)

// Write implements io.Writer. Lines are passed on when they are complete.
func (w *benchWriter) Write(p []byte) (int, error) {
	var out bytes.Buffer
	for rest := p; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			w.line = append(w.line, rest...)
			break
		}
		w.line = append(w.line, rest[:n]...)
		out.Write(withInstructions(w.line))
		w.line, rest = w.line[:0], rest[n:]
	}
	if _, err := w.to.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Close writes what is held. It does not close the writer below.
func (w *benchWriter) Close() error {
	_, err := w.to.Write(w.line)
	return err
}

func withInstructions(line []byte) []byte {
	return result.ReplaceAll(line, []byte("$1\t$2 insn/op$3\n"))
}
