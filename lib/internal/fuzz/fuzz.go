//go:build mote

// Package fuzz is what a test program needs of Go's fuzzing: it reads the seeds in testdata/fuzz, which then run as ordinary tests.
//
// Looking for new inputs takes processes that share memory, which a device does not have; -fuzz says so. The testing package
// reaches this package through testing/internal/testdeps.
package fuzz

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"
)

// CorpusEntry is an input. The testing package has the same type without a name.
type CorpusEntry = struct {
	Parent     string
	Path       string // of its file, or the name of the test
	Data       []byte
	Values     []any
	Generation int
	IsSeed     bool
}

// CoordinateFuzzingOpts would say how to fuzz.
type CoordinateFuzzingOpts struct {
	Log             io.Writer
	Timeout         time.Duration
	Limit           int64
	MinimizeTimeout time.Duration
	MinimizeLimit   int64
	Parallel        int
	Seed            []CorpusEntry
	Types           []reflect.Type
	CorpusDir       string
	CacheDir        string
}

var errNoFuzzing = errors.New("a device runs the seeds of fuzz tests only: fuzz with go test -fuzz")

// CoordinateFuzzing is not supported.
func CoordinateFuzzing(ctx context.Context, opts CoordinateFuzzingOpts) error { return errNoFuzzing }

// RunFuzzWorker is not supported.
func RunFuzzWorker(ctx context.Context, fn func(CorpusEntry) error) error { return errNoFuzzing }

// ResetCoverage and SnapshotCoverage have no counters to look at.

func ResetCoverage()    {}
func SnapshotCoverage() {}

// MalformedCorpusError lists the files of a corpus that could not be read.
type MalformedCorpusError struct{ errs []error }

// Error is a line for each file.
func (e *MalformedCorpusError) Error() string {
	var lines []string
	for _, err := range e.errs {
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "\n")
}

// ReadCorpus reads the files in dir, each an input of these types. A folder that does not exist has none. The error is a
// *MalformedCorpusError if other files are good.
func ReadCorpus(dir string, types []reflect.Type) ([]CorpusEntry, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading seed corpus from testdata: %v", err)
	}
	var corpus []CorpusEntry
	var bad []error
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		name := filepath.Join(dir, f.Name())
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("failed to read corpus file: %v", err)
		}
		values, err := parseCorpus(string(text))
		if err == nil {
			err = CheckCorpus(values, types)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%q: %v", name, err))
			continue
		}
		corpus = append(corpus, CorpusEntry{Path: name, Values: values})
	}
	if len(bad) > 0 {
		return corpus, &MalformedCorpusError{bad}
	}
	return corpus, nil
}

// CheckCorpus checks that values have these types.
func CheckCorpus(values []any, types []reflect.Type) error {
	if len(values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(values), len(types))
	}
	have := make([]reflect.Type, len(values))
	for i, v := range values {
		have[i] = reflect.TypeOf(v)
	}
	for i := range types {
		if have[i] != types[i] {
			return fmt.Errorf("mismatched types in corpus entry: %v, want %v", have, types)
		}
	}
	return nil
}
