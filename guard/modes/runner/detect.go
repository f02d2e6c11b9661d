//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/mote-go/mote/guard/modes/harness"
)

// mode runs a mode program once.
func (b *bench) mode(name string, args ...string) (harness.Result, error) {
	var r harness.Result
	out, err := exec.Command(filepath.Join(b.bin, name), args...).Output()
	if json.Unmarshal(out, &r) != nil {
		return r, fmt.Errorf("%s: %v, printed %q", name, err, out)
	}
	return r, nil
}

// state is what a process does before it starves.
type state struct {
	name string
	args []string
}

// states are those of a process whose load takes these shares of the processors.
func states(loads []float64) (all []state) {
	for _, load := range loads {
		all = append(all, state{fmt.Sprintf("a process at %.0f%% load", 100*load), []string{fmt.Sprint("-load=", load)}})
	}
	return append(all, []state{
		{"an idle process", nil},
		{"an idle service, by a request", []string{"-served", "-request"}},
		{"an idle service, by itself", []string{"-served"}},
	}...)
}

// detect measures, in a process that is idle or has one of the loads, how long it takes from the beginning of a mode to the first verdict that is not
// healthy. A run in which there was none, or one before the beginning, has none.
func (b *bench) detect(mode string, limit float64, loads []float64, args ...string) func(string) error {
	return func(name string) error {
		for _, s := range states(loads) {
			var times []float64
			signals := map[string][]float64{}
			lost := 0
			for i := 0; i < b.runs; i++ {
				r, err := b.mode(mode, slices.Concat(args, s.args, []string{"-duration=600ms"})...)
				if err != nil {
					return err
				}
				if r.Skip != "" {
					fmt.Fprintf(b.table, "%-40s %s\n", name, r.Skip)
					return nil
				}
				if r.Detected < 0 || r.Before > 0 {
					lost++
					continue
				}
				times = append(times, r.Detected)
				for signal, at := range r.Signals {
					signals[signal] = append(signals[signal], at)
				}
			}
			b.reportTimes(name+" in "+s.name, times, lost, limit)
			b.reportSignals(name+" in "+s.name, signals)
		}
		return nil
	}
}

func (b *bench) reportTimes(name string, times []float64, lost int, limit float64) {
	if len(times) > 0 {
		slices.Sort(times)
		b.report(name+", median", times[len(times)/2], "ms", bar(limit))
		b.report(name+", longest", times[len(times)-1], "ms", nil)
	}
	b.report(name+", without a result", float64(lost), "runs", nil)
}

// reportSignals tells when each signal alone would have shown it, and in how many runs it did.
func (b *bench) reportSignals(name string, signals map[string][]float64) {
	names := make([]string, 0, len(signals))
	for signal := range signals {
		names = append(names, signal)
	}
	slices.Sort(names)
	for _, signal := range names {
		times := signals[signal]
		slices.Sort(times)
		b.report(fmt.Sprintf("%s, %s alone (%d of %d)", name, signal, len(times), b.runs), times[len(times)/2], "ms", nil)
	}
}

// verdicts tells in how many of five runs each mode got its verdict.
func (b *bench) verdicts(name string) error {
	mains, err := filepath.Glob(filepath.Join(b.bin, "*"))
	if err != nil {
		return err
	}
	for _, m := range mains {
		mode, wrong := filepath.Base(m), 0
		if mode == "runner" {
			continue
		}
		for i := 0; i < 5; i++ {
			r, err := b.mode(mode)
			if err != nil {
				return err
			}
			if !r.Right && r.Skip == "" {
				wrong++
			}
		}
		b.report(name+"/"+mode+", wrong of 5", float64(wrong), "runs", bar(0))
	}
	return nil
}

// control runs the healthy control and counts its samples under a verdict that is not healthy.
func (b *bench) control(name string) error {
	r, err := b.mode("healthy", "-duration="+b.healthy.String())
	if err != nil {
		return err
	}
	alarms := (1 - r.Shares["healthy"]) * float64(r.Samples)
	b.report(fmt.Sprintf("%s/alarmed samples in %v", name, b.healthy.Round(time.Second)), alarms, "samples", bar(0))
	b.report(name+"/first alarm", r.Detected, "ms", nil)
	if r.First != "" {
		fmt.Fprintf(b.table, "  first alarm: %s; verdict: %s (%s)\n", r.First, r.Verdict, r.Evidence)
	}
	return nil
}
