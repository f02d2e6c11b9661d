package record

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// write puts the tracer's contents in a file.
func (r *Recorder) write(now time.Time) (Snapshot, error) {
	cause := strings.ReplaceAll(r.plan.cause, " ", "-")
	name := filepath.Join(r.config.Dir, fmt.Sprintf("guard-%s-%s.trace", now.UTC().Format("20060102T150405.000"), cause))
	n, err := replace(name, r.tracer.snapshot)
	return Snapshot{At: now, Cause: r.plan.cause, File: name, Bytes: n}, err
}

// analyze puts a report beside a snapshot.
func (r *Recorder) analyze(s *Snapshot) error {
	f, err := os.Open(s.File)
	if err != nil {
		return err
	}
	defer f.Close()
	text := strings.TrimSuffix(s.File, ".trace") + ".txt"
	if _, err = replace(text, func(w io.Writer) error {
		s.Summary, err = guarded(r.config.Analyze, f, w)
		return err
	}); err != nil {
		return err
	}
	s.Text = text
	return nil
}

// guarded calls an analysis, which must not end the service.
func guarded(analyze func(io.Reader, io.Writer) (string, error), trace io.Reader, text io.Writer) (summary string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("Analyze panics: %v", p)
		}
	}()
	return analyze(trace, text)
}

// replace makes a file whole or not at all, and returns its size.
func replace(name string, fill func(io.Writer) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".guard-*.part")
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	err = fill(f)
	if info, e := f.Stat(); e == nil {
		size = info.Size()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return size, err
	}
	return size, os.Rename(f.Name(), name)
}

// sweep removes what a process that died left half written.
func sweep(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, ".guard-*.part")) // the only error is that of the pattern
	for _, name := range names {
		os.Remove(name)
	}
}

// prune removes the oldest traces, with their reports, until the limits are kept. Names sort by time.
func (r *Recorder) prune() error {
	names, err := filepath.Glob(filepath.Join(r.config.Dir, "guard-*.trace"))
	if err != nil {
		return err
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	var total int64
	var errs []error
	for i, name := range names {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
		if i == 0 || i < r.config.MaxFiles && total <= r.config.TotalBytes {
			continue
		}
		errs = append(errs, os.Remove(name))
		if err := os.Remove(strings.TrimSuffix(name, ".trace") + ".txt"); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
