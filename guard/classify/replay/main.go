// Replay classifies recordings of samples again and tells what would have been alarms: what a change of the rules does to false alarms, and to how soon
// starvation is detected, without running hours of modes anew. Mode programs record with -samples.
//
//	go run ./classify/replay control.jsonl
//	go run ./classify/replay -q hogs/*.jsonl
//
// It prints a line for each recording, a line below it for each alarm, and for those in which a mode began how soon it was detected.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/internal/recording"
)

func main() {
	limit := flag.Duration("limit", 10*time.Millisecond, "how long work may wait")
	quiet := flag.Bool("q", false, "print the summary only")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: replay [-limit duration] [-q] recording ...")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Args(), *limit, *quiet); err != nil {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

func run(to io.Writer, files []string, limit time.Duration, quiet bool) error {
	out := bufio.NewWriter(to)
	defer out.Flush()
	var sum summary
	for _, file := range files {
		r, err := recording.ReadFile(file)
		if err != nil {
			return err
		}
		c, err := classify.New(classify.Config{Limit: limit})
		if err != nil {
			return err
		}
		p := replay(r, c)
		if sum.add(p); !quiet {
			p.print(out, file)
		}
	}
	sum.print(out)
	return nil
}

// alarm is a verdict that follows a healthy one.
type alarm struct {
	sample   int
	at       time.Duration // from the recording's beginning
	cause    classify.Cause
	evidence string
}

// played is what came of a recording.
type played struct {
	samples, alarmed int
	length           time.Duration
	alarms           []alarm
	began            time.Duration // 0 if nothing did
}

func replay(r *recording.Recording, c *classify.Classifier) played {
	p := played{samples: len(r.Samples), began: r.Began}
	starving := false
	for i, x := range r.Samples {
		p.length += x.Interval
		v := c.Observe(x)
		if v.Starving() {
			if p.alarmed++; !starving {
				p.alarms = append(p.alarms, alarm{i, p.length, v.Cause, v.Evidence})
			}
		}
		starving = v.Starving()
	}
	return p
}

// detected is how long after its beginning the mode was seen.
func (p *played) detected() (after time.Duration, early, never bool) {
	switch {
	case len(p.alarms) == 0:
		return 0, false, true
	case p.alarms[0].at < p.began:
		return 0, true, false
	default:
		return p.alarms[0].at - p.began, false, false
	}
}

func (p *played) print(out io.Writer, file string) {
	fmt.Fprintf(out, "%s: %d samples in %v, %d under an alarm, %d alarms", file, p.samples, p.length.Round(time.Millisecond), p.alarmed, len(p.alarms))
	if p.began > 0 {
		switch after, early, never := p.detected(); {
		case early:
			fmt.Fprint(out, ", the first before the beginning")
		case never:
			fmt.Fprint(out, ", not detected")
		default:
			fmt.Fprintf(out, ", detected after %.1f ms", milliseconds(after))
		}
	}
	fmt.Fprintln(out)
	for _, a := range p.alarms {
		fmt.Fprintf(out, "  sample %d, %v: %v: %s\n", a.sample, a.at.Round(time.Millisecond), a.cause, a.evidence)
	}
}

// summary is what came of all recordings.
type summary struct {
	recordings, samples, alarmed, alarms int
	length                               time.Duration
	began, early, never                  int
	detected                             []time.Duration
}

func (s *summary) add(p played) {
	s.recordings++
	s.samples += p.samples
	s.alarmed += p.alarmed
	s.alarms += len(p.alarms)
	s.length += p.length
	if p.began == 0 {
		return
	}
	s.began++
	switch after, early, never := p.detected(); {
	case early:
		s.early++
	case never:
		s.never++
	default:
		s.detected = append(s.detected, after)
	}
}

func (s *summary) print(out io.Writer) {
	fmt.Fprintf(out, "%d recordings: %d samples in %v, %d under an alarm, %d alarms\n", s.recordings, s.samples, s.length.Round(time.Millisecond), s.alarmed, s.alarms)
	if s.began == 0 {
		return
	}
	fmt.Fprintf(out, "%d beginnings: %d alarms before, %d not detected", s.began, s.early, s.never)
	if n := len(s.detected); n > 0 {
		slices.Sort(s.detected)
		fmt.Fprintf(out, ", the others after %.1f ms in the median, %.1f to %.1f", milliseconds(s.detected[n/2]), milliseconds(s.detected[0]), milliseconds(s.detected[n-1]))
	}
	fmt.Fprintln(out)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
