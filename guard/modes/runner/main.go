//go:build unix

// Runner measures what the guard's senses are worth: how soon each kind of starvation is detected, whether the healthy control raises an alarm, and
// what sampling costs. It builds the mode programs and runs them, prints a table, and writes one JSON object a line. A bar that is missed is no
// failure of the runner. Run it where nothing else runs:
//
//	go run ./modes/runner -o guard-modes.json
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// line is one row of the table.
type line struct {
	Name  string   `json:"name"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit"`
	Bar   *float64 `json:"bar"` // the value is to be at most this; null where there is no bar
}

// bar is the address of its argument.
func bar(x float64) *float64 { return &x }

// bench is one run of the runner.
type bench struct {
	bin     string // where the mode programs are
	runs    int
	healthy time.Duration
	match   *regexp.Regexp
	table   io.Writer
	json    *json.Encoder
}

// report writes a row.
func (b *bench) report(name string, value float64, unit string, bar *float64) {
	limit := ""
	if bar != nil {
		limit = fmt.Sprintf("bar %g", *bar)
		if value > *bar {
			limit += ", missed"
		}
	}
	fmt.Fprintf(b.table, "%-75s %12.3f %-8s %s\n", name, value, unit, limit)
	b.json.Encode(line{name, value, unit, bar})
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(1)
	}
}

func run() error {
	b := bench{table: os.Stdout}
	name := flag.String("o", "", "write the rows as JSON lines to this `file`")
	pattern := flag.String("run", "", "only measurements whose name matches this `regexp`")
	flag.IntVar(&b.runs, "runs", 20, "of each detection")
	flag.DurationVar(&b.healthy, "healthy", 10*time.Minute, "how long the healthy control runs")
	flag.Parse()
	if flag.NArg() > 0 || b.runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: runner [-o file] [-run regexp] [-runs n] [-healthy duration]")
		os.Exit(2)
	}
	var err error
	if b.match, err = regexp.Compile(*pattern); err != nil {
		return err
	}
	out, closeOut, err := output(*name)
	if err != nil {
		return err
	}
	defer closeOut()
	b.json = json.NewEncoder(out)
	remove, err := b.build()
	if err != nil {
		return err
	}
	defer remove()
	return b.measure()
}

// output opens the file for the rows; without a name they go nowhere.
func output(name string) (io.Writer, func() error, error) {
	if name == "" {
		return io.Discard, func() error { return nil }, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, nil, err
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, nil, err
	}
	return f, f.Close, nil
}

// build builds the mode programs.
func (b *bench) build() (remove func() error, err error) {
	if b.bin, err = os.MkdirTemp("", "guard-modes"); err != nil {
		return nil, err
	}
	build := exec.Command("go", "build", "-o", b.bin, "github.com/mote-go/mote/guard/modes/...")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("go build: %w", err)
	}
	return func() error { return os.RemoveAll(b.bin) }, nil
}

// loads are what a process does beside what starves it.
var loads = []float64{0.3, 0.7}

// measure makes all measurements, those that take long last.
func (b *bench) measure() error {
	for _, m := range []struct {
		name string
		do   func(name string) error
	}{
		{"cost", b.cost},
		{"detect/hogs", b.detect("hogs", 30, loads)},
		{"detect/4 hogs per processor", b.detect("manyhogs", 30, loads, "-per=4")},
		{"detect/10 hogs per processor", b.detect("manyhogs", 30, loads, "-per=10")},
		{"detect/overload", b.detect("overload", 30, loads)},
		{"detect/throttled", b.detect("quota", 200, []float64{0.1})}, // with more load the quota would be used up before
		{"verdict", b.verdicts},
		{"healthy", b.control},
	} {
		if !b.match.MatchString(m.name) {
			continue
		}
		if err := m.do(m.name); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}
