// Package recording keeps samples as JSON lines: what mode programs write with -samples, and what is classified again when the rules change.
//
// The first line says whose samples they are and when what they are about began; the others are sense.Sample, one each, whose fields may be left out where they are zero,
// and Busy where it is unknown. So may the first line. Times of day are not kept: a sample ends its interval after the one before.
package recording

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// Recording is a series of samples, oldest first.
type Recording struct {
	Header
	Samples []sense.Sample // At counts from 0001-01-01, where the first one's interval begins
}

// Header is the first line.
type Header struct {
	Mode  string        `json:"mode"`            // the program that recorded
	Began time.Duration `json:"began,omitempty"` // from the first sample's beginning, in nanoseconds; 0 if nothing did
}

// line is a sample on its line. JSON has no NaN, so that an unknown Busy is left out.
type line struct {
	sense.Sample
	At   *time.Time `json:",omitempty"`
	Busy *float64   `json:",omitempty"`
}

// Write writes r to w.
func (r *Recording) Write(w io.Writer) error {
	to := json.NewEncoder(w)
	if err := to.Encode(r.Header); err != nil {
		return err
	}
	for i := range r.Samples {
		l := line{Sample: r.Samples[i]}
		if busy := l.Sample.Busy; !math.IsNaN(busy) {
			l.Busy = &busy
		}
		if err := to.Encode(l); err != nil {
			return fmt.Errorf("sample %d: %w", i, err)
		}
	}
	return nil
}

// maxLine is the longest line that Read takes, in bytes; a sample has some 900.
const maxLine = 64 << 10

// Read reads a recording. An error names the line.
func Read(from io.Reader) (*Recording, error) {
	r := new(Recording)
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		if number == 1 && bytes.Contains(lines.Bytes(), []byte(`"mode"`)) {
			if err := json.Unmarshal(lines.Bytes(), &r.Header); err != nil {
				return nil, fmt.Errorf("line 1: %w", err)
			}
			if r.Began < 0 {
				return nil, fmt.Errorf("line 1: began is %v, want none or later than the first sample's beginning", r.Began)
			}
			continue
		}
		if err := r.add(lines.Bytes()); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", number+1, err)
	}
	return r, nil
}

// add reads the next sample.
func (r *Recording) add(text []byte) error {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	s := l.Sample
	if s.Interval <= 0 {
		return fmt.Errorf("a sample's Interval is %v, want more than 0", s.Interval)
	}
	if s.Busy = math.NaN(); l.Busy != nil {
		s.Busy = *l.Busy
	}
	if s.At = (time.Time{}).Add(s.Interval); len(r.Samples) > 0 {
		s.At = r.Samples[len(r.Samples)-1].At.Add(s.Interval)
	}
	r.Samples = append(r.Samples, s)
	return nil
}

// ReadFile reads the recording in a file. It has at least one sample.
func ReadFile(name string) (*Recording, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := Read(f)
	if err == nil && len(r.Samples) == 0 {
		err = errors.New("no samples")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}
