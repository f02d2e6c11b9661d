//go:build linux

package suite

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/bench/load"
)

// built is where the tests' programs are: linking them for each test would take most of the time.
var built string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "bench-programs")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		built = dir
		return m.Run()
	}())
}

// tempIn has the benchmark make its files in a directory of the test, which PostgreSQL's user may enter, and returns a function that tells what is left there.
func tempIn(t *testing.T) (left func() []string) {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TMPDIR", dir)
	return func() []string {
		files, _ := filepath.Glob(filepath.Join(dir, "guard-bench*"))
		return files
	}
}

// Every defence gets a second of light load over HTTP, and every request has a class. How many are good depends on the machine, and is not looked at.
func TestSmoke(t *testing.T) {
	left := tempIn(t)
	o := Options{
		Protos: []string{"http"}, Works: []string{"mixed"}, Releases: []string{Local},
		Rate: 100, Duration: time.Second, Settle: -1, Rounds: 1, NoOverhead: true,
	}
	r, err := run(context.Background(), o, built)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Comparisons) != 1 || len(r.Skipped) != 0 || len(r.Comparisons[0].Rows) != len(Defences())-1 {
		t.Fatalf("%d comparisons, skipped %v", len(r.Comparisons), r.Skipped)
	}
	for _, row := range r.Comparisons[0].Rows {
		c := row.Turns[0].Report.Classes
		if c.Total() != 100 || c[load.Failed] > 0 {
			t.Errorf("%s: good, late, shed, error are %v, want 100 in all and no errors", row.Defence, c)
		}
		if c[load.Good]+c[load.Late] == 0 {
			t.Errorf("%s serves nothing under light load", row.Defence)
		}
	}
	if files := left(); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestGRPC(t *testing.T) {
	tempIn(t)
	o := Options{
		Protos: []string{"grpc"}, Releases: []string{Local}, Rate: 100, Duration: time.Second, Settle: -1, Rounds: 1, NoOverhead: true,
		Defences: []string{"none", "failsafe", "guard"},
	}
	r, err := run(context.Background(), o, built)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Comparisons[0].Rows {
		if c := row.Turns[0].Report.Classes; c.Total() != 100 || c[load.Failed] > 0 || c[load.Good]+c[load.Late] == 0 {
			t.Errorf("%s: good, late, shed, error are %v", row.Defence, c)
		}
	}
}

// A real PostgreSQL comes up, is asked by the servers, and is gone afterwards, also when the run is interrupted.
func TestPostgres(t *testing.T) {
	if _, err := postgresBin(); err != nil {
		if os.Getenv("MOTE_TOOLS") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	left := tempIn(t)
	o := Options{
		Protos: []string{"pg"}, Releases: []string{Local}, Rate: 50, Duration: time.Second, Settle: -1, Rounds: 1, NoOverhead: true,
		Defences: []string{"none", "guard"},
	}
	r, err := run(context.Background(), o, built)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Skipped) > 0 {
		t.Fatal(r.Skipped)
	}
	for _, row := range r.Comparisons[0].Rows {
		if c := row.Turns[0].Report.Classes; c.Total() != 50 || c[load.Failed] > 0 || c[load.Good]+c[load.Late] == 0 {
			t.Errorf("%s: good, late, shed, error are %v", row.Defence, c)
		}
	}

	p, err := startPostgres(context.Background(), os.TempDir())
	if reason := (skip{}); errors.As(err, &reason) {
		t.Skip(reason)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := net.Dial("unix", filepath.Join(p.dir, ".s.PGSQL.5432")); err != nil {
		t.Error(err)
	}
	p.stop()
	if err := syscall.Kill(p.pid(), 0); err == nil {
		t.Error("postgres still runs")
	}
	if _, err := os.Stat(p.dir); err == nil {
		t.Error("its data are still there")
	}
	if files := left(); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestCancelLeavesNothingBehind(t *testing.T) {
	left := tempIn(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := Options{
		Protos: []string{"http"}, Works: []string{"cpu"}, Releases: []string{Local}, Defences: []string{"none"}, Duration: time.Hour, NoOverhead: true,
		Progress: onLine(func(line string) {
			if strings.Contains(line, "round 1") {
				time.AfterFunc(100*time.Millisecond, cancel)
			}
		}),
	}
	if _, err := run(ctx, o, built); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if files := left(); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

// onLine is a writer that calls a function for what is written.
type onLine func(string)

func (f onLine) Write(b []byte) (int, error) { f(string(b)); return len(b), nil }

func TestAReleaseThatCannotBeHadIsSkippedWithTheReason(t *testing.T) {
	tempIn(t)
	t.Setenv("GOPROXY", "off")
	o := Options{Protos: []string{"http"}, Releases: []string{"go1.22.99"}, NoOverhead: true}
	r, err := run(context.Background(), o, built)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Skipped) != 1 || r.Skipped[0].What != "http.cpu.go1.22.99" || !strings.Contains(r.Skipped[0].Reason, "go1.22.99 cannot be had") {
		t.Errorf("skipped: %v", r.Skipped)
	}
}

func TestSource(t *testing.T) {
	here, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", ".."} {
		if got, err := source(dir); got != here || err != nil {
			t.Errorf("-dir=%q: %q, %v", dir, got, err)
		}
	}
	if _, err := source(t.TempDir()); err == nil || !strings.Contains(err.Error(), "it has no go.mod of that module") {
		t.Errorf("another directory: %v", err)
	}
	back, err := os.Getwd()
	if err == nil {
		err = os.Chdir(t.TempDir()) // testing.T.Chdir came with Go 1.24
	}
	if err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(back)
	if _, err := source(""); err == nil || !strings.Contains(err.Error(), "say where with -dir") {
		t.Errorf("outside of a checkout: %v", err)
	}
}
