// Station is a field gateway in miniature: it replays ten minutes of frames recorded from five weather nodes, checks and
// filters them in parallel, aggregates each minute, and prints a report with a digest of the JSON it would upload.
//
// It is ordinary Go: `go run ./examples/station` on the host and `mote run ./examples/station` on a microcontroller print
// the same bytes.
package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
)

// recording holds the frames one after the other, as the radio delivered them. Made by gen.go.
//
//go:embed frames.bin
var recording []byte

// workers is how many goroutines decode frames at the same time.
const workers = 3

// result is what a worker makes of one frame: a reading, or the error that says what is wrong with it.
type result struct {
	index   int
	reading Reading
	err     error
}

func main() {
	report, err := process(recording)
	if err != nil {
		fmt.Fprintln(os.Stderr, "station:", err)
		os.Exit(1)
	}
	if err := print(report); err != nil {
		fmt.Fprintln(os.Stderr, "station:", err)
		os.Exit(1)
	}
}

// process runs the pipeline split → decode (in parallel) → filter and aggregate. A bad frame is counted and reported;
// only a recording that holds no frame at all is an error.
func process(data []byte) (*Report, error) {
	frames := make(chan numbered, workers)
	results := make(chan result, workers)

	go split(data, frames)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() { decodeAll(frames, results) })
	}
	go func() {
		group.Wait()
		close(results)
	}()

	ordered := inOrder(results)
	if len(ordered) == 0 {
		return nil, errors.New("the recording holds no frame")
	}
	return aggregate(ordered), nil
}

// numbered is a raw frame with its place in the recording.
type numbered struct {
	index int
	raw   []byte
}

// split cuts the recording into frames and closes out when it ends.
func split(data []byte, out chan<- numbered) {
	defer close(out)
	for i := 0; len(data) > 0; i++ {
		n := min(frameSize, len(data))
		out <- numbered{i, data[:n]}
		data = data[n:]
	}
}

// decodeAll decodes frames until the channel is closed.
func decodeAll(in <-chan numbered, out chan<- result) {
	for f := range in {
		r, err := Decode(f.raw)
		if err != nil {
			err = fmt.Errorf("frame %d: %w", f.index, err)
		}
		out <- result{f.index, r, err}
	}
}

// inOrder collects results, which arrive in any order, by their frame numbers.
func inOrder(in <-chan result) []result {
	byIndex := map[int]result{}
	for r := range in {
		byIndex[r.index] = r
	}
	ordered := make([]result, len(byIndex))
	for i, r := range byIndex {
		ordered[i] = r
	}
	return ordered
}

// print writes the report for people, then the digest of its JSON form.
func print(r *Report) error {
	for _, err := range r.Errors {
		var crc *ChecksumError
		if errors.As(err, &crc) {
			fmt.Printf("rejected %v (off by %#04x)\n", err, crc.Want^crc.Got)
		} else {
			fmt.Println("rejected", err)
		}
	}
	fmt.Printf("%d frames, %d accepted, %d rejected, %d outliers\n", r.Frames, r.Accepted, len(r.Errors), r.Outliers)
	fmt.Printf("%-7s %-8s %8s %8s %8s %7s %9s\n", "minute", "node", "min °C", "mean °C", "max °C", "rh %", "hPa")
	for _, m := range r.Minutes {
		fmt.Printf("%-7d %-8s %8.2f %8.2f %8.2f %7.1f %9.2f\n", m.Minute, m.Node,
			m.Temperature.Min, m.Temperature.Mean(), m.Temperature.Max, m.Humidity.Mean(), m.Pressure.Mean())
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	fmt.Printf("%d bytes of JSON, sha256 %x\n", len(doc), sha256.Sum256(doc))
	return nil
}
