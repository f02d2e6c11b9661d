package suite

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/bench/load"
)

var update = flag.Bool("update", false, "write testdata anew")

// turn makes a turn of ten seconds with so many good, late and shed requests.
func turn(good, late, shed uint64, latency time.Duration) Turn {
	spec := load.Spec{Rate: 2500, Duration: 10 * time.Second, Limit: limit, Patience: time.Second, Settle: time.Second, SettleRate: 1000}
	r := &load.Report{Spec: spec, Classes: load.Classes{good, late, shed, 25_000 - good - late - shed}, Series: make([]load.Second, 11)}
	for i := range r.Series {
		r.Series[i].Classes = load.Classes{good / 10, late / 10, shed / 10}
	}
	for i := uint64(0); i < 100; i++ {
		r.Accepted.Add(latency + time.Duration(i)*time.Millisecond/10)
	}
	return Turn{Report: r, Server: 1.75, Generator: 0.18, Others: 0.05}
}

// sample is a result as a run might have it.
func sample() *Result {
	invalid := turn(100, 24_900, 0, time.Second)
	invalid.Report.Invalid = "the generator fell behind"
	disturbed := turn(300, 24_700, 0, time.Second)
	disturbed.Others = 1.2
	r := &Result{
		At:      time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Machine: Machine{CPUs: 2, Model: "Some CPU", Kernel: "6.1"},
		Comparisons: []*Comparison{
			{Scenario: Scenario{Proto: "http", Work: "cpu", Release: Local, Rounds: 3}, Go: "go1.26.8", Rows: []Row{
				{Defence: "none", Turns: []Turn{turn(900, 24_100, 0, 700*time.Millisecond), turn(800, 24_200, 0, 800*time.Millisecond), turn(1000, 24_000, 0, 900*time.Millisecond)}},
				{Defence: "failsafe", Turns: []Turn{turn(4000, 12_000, 9000, 300*time.Millisecond), invalid, turn(4400, 12_000, 8000, 300*time.Millisecond)}},
				{Defence: "bbr", Turns: []Turn{disturbed}},
				{Defence: tuned, Turns: []Turn{turn(10_000, 1000, 14_000, 60*time.Millisecond)}},
				{Defence: "guard", Turns: []Turn{turn(17_000, 0, 8000, 15*time.Millisecond), turn(16_800, 10, 8000, 15*time.Millisecond), turn(17_200, 0, 7000, 15*time.Millisecond)}},
			}},
			{Scenario: Scenario{Proto: "http", Work: "mixed", Release: "go1.22.12", Rounds: 1}, Go: "go1.22.12", Rows: []Row{
				{Defence: "none", Turns: []Turn{invalid}},
				{Defence: "guard", Turns: []Turn{turn(500, 24_500, 0, 90*time.Millisecond)}},
			}},
		},
		Overheads: []Overhead{{"http", 61.7, "ns", 100, "go1.26.8"}, {"sampling", 0.62, "%", 0.5, "go1.26.8"}},
		Skipped:   []Skipped{{"pg.cpu", "PostgreSQL is not installed (Debian package postgresql)"}},
	}
	for _, c := range r.Comparisons {
		for i := range c.Rows {
			c.Rows[i].sumUp()
		}
	}
	r.Lines = lines(r)
	return r
}

// golden compares with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", file, got)
	}
}

func TestTableAndLines(t *testing.T) {
	var text, lines bytes.Buffer
	r := sample()
	if err := errors.Join(r.WriteText(&text), r.WriteLines(&lines)); err != nil {
		t.Fatal(err)
	}
	golden(t, "table.txt", text.Bytes())
	golden(t, "lines.json", lines.Bytes())
}

func TestSumUpTakesTheMedianOfValidTurns(t *testing.T) {
	c := sample().Comparisons[0]
	for defence, want := range map[string]float64{"none": 90, "failsafe": 420, "guard": 1700} {
		if got := c.row(defence).Good; got != want {
			t.Errorf("%s: %v, want %v", defence, got, want)
		}
	}
	if best := c.best(); best.Defence != "failsafe" {
		t.Errorf("the best rival is %s", best.Defence)
	}
	if row := c.row("bbr"); row.Invalid != "other processes used 1.20 CPUs" {
		t.Errorf("a disturbed turn is invalid because %q", row.Invalid)
	}
	if row := sample().Comparisons[1].row("none"); row.Invalid == "" || row.Good != 10 {
		t.Errorf("without a valid turn: %q, %v", row.Invalid, row.Good)
	}
}

func TestBars(t *testing.T) {
	four := 4.0
	for _, c := range []struct {
		l    Line
		want bool
	}{{Line{Value: 4, Bar: &four}, true}, {Line{Value: 3.99, Bar: &four}, false}, {Line{Value: 4, Bar: &four, Most: true}, true},
		{Line{Value: 4.01, Bar: &four, Most: true}, false}, {Line{}, true}} {
		if c.l.Holds() != c.want {
			t.Errorf("%+v", c.l)
		}
	}
	for name, bar := range map[string]float64{"load.http.cpu.p99.guard": 60, "load.http.cpu.ratio.best-rival": 4, "load.http.mixed.go1.22.12.ratio.best-rival": 1.2, "cost.http": 100} {
		found := false
		for _, l := range sample().Lines {
			found = found || l.Name == name && l.Bar != nil && *l.Bar == bar
		}
		if !found {
			t.Errorf("no line %s with the bar %v", name, bar)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	if err := sample().WriteFiles(dir); err != nil {
		t.Fatal(err)
	}
	var back Result
	data, err := os.ReadFile(filepath.Join(dir, "guard-bench.json"))
	if err == nil {
		err = json.Unmarshal(data, &back)
	}
	if err != nil || back.Comparisons[0].row("guard").Good != 1700 || back.Comparisons[0].row("guard").Turns[0].Report.Accepted.Count() != 100 {
		t.Errorf("guard-bench.json does not say what was measured: %v", err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	svgs := 0
	for _, f := range files {
		if strings.HasSuffix(f, ".svg") {
			svgs++
			wellFormed(t, f)
		}
	}
	if svgs != 5 || len(files) != 7 {
		t.Errorf("files %v, want 5 plots and 2 others", files)
	}
}

// wellFormed reads all of an XML file.
func wellFormed(t *testing.T, file string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d := xml.NewDecoder(f); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
}
