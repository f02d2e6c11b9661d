package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/pprof/profile"
)

// fixtures are traces of a program of forty lines (testdata/mutex.go) by older releases.
func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.trace")
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures: ", err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		if all[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestOlderReleases(t *testing.T) {
	for name, tr := range fixtures(t) {
		r, err := Analyze(bytes.NewReader(tr), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(r.Culprits) == 0 || r.Culprits[0].Func != "main.hold" || r.Culprits[0].Kind != Lock || r.Culprits[0].Line != 16 {
			t.Errorf("%s: culprits %+v, expected main.hold, line 16", name, r.Culprits)
		}
		if r.Truncated != "" {
			t.Errorf("%s: %s", name, r.Truncated)
		}
	}
}

func TestNotATrace(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "empty",
		"\x7fELF\x02\x01\x01":              "not a Go execution trace",
		"go 1.21 trace\x00\x00\x00":        "Go 1.21: only those of Go 1.22 and later",
		"go 1.22 trace\x00\x00\x00":        "cannot be read",
		"go 1.99 trace\x00\x00\x00":        "1.99",
		"go 1.22 trace\x00\x00\x00garbage": "cannot be read",
	} {
		_, err := Analyze(strings.NewReader(in), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, expected one with %q", in, err, want)
		}
	}
	broken := errors.New("wire cut")
	if _, err := Analyze(iotest.ErrReader(broken), Options{}); !errors.Is(err, broken) {
		t.Errorf("error %v, expected %v", err, broken)
	}
}

// A trace that was cut gives a report on what came before, or an error, and says so in either case.
func TestCut(t *testing.T) {
	for name, tr := range fixtures(t) {
		for _, n := range []int{17, len(tr) / 4, len(tr) / 2, len(tr) - 1} {
			r, err := Analyze(bytes.NewReader(tr[:n]), Options{})
			if err == nil && r.Truncated == "" && n < len(tr)/2 {
				t.Errorf("%s, cut to %d of %d bytes: no word of it", name, n, len(tr))
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("%s, cut to %d bytes: error of several lines: %v", name, n, err)
			}
		}
	}
}

func TestDamagedTail(t *testing.T) {
	tr := traced(t, func() { together(8, func() { burn() }) })
	whole := analyze(t, tr, Options{})
	r, err := Analyze(bytes.NewReader(append(bytes.Clone(tr), "damage"...)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Truncated == "" || r.Events != whole.Events {
		t.Errorf("truncated %q after %d events, expected a word after %d", r.Truncated, r.Events, whole.Events)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "incomplete: ") {
		t.Errorf("%v, %s", err, text.String())
	}
}

func TestTooManyEvents(t *testing.T) {
	for name, tr := range fixtures(t) {
		r, err := Analyze(bytes.NewReader(tr), Options{MaxEvents: 10})
		if err != nil || r.Events != 10 || !strings.Contains(r.Truncated, "more than 10 events") {
			t.Errorf("%s: %v, %+v", name, err, r)
		}
	}
}

func TestRecorded(t *testing.T) {
	for name, tr := range fixtures(t) {
		var text strings.Builder
		summary, err := Recorded(bytes.NewReader(tr), &text)
		if err != nil || !strings.HasPrefix(summary, "lock in main.hold (") || !strings.Contains(text.String(), "1. lock  main.hold") {
			t.Errorf("%s: %q, %v\n%s", name, summary, err, text.String())
		}
	}
	if _, err := Recorded(strings.NewReader(""), io.Discard); err == nil {
		t.Error("no error for an empty trace")
	}
}

func TestForms(t *testing.T) {
	for name, tr := range fixtures(t) {
		r, err := Analyze(bytes.NewReader(tr), Options{})
		if err != nil {
			t.Fatal(err)
		}
		forms(t, name, r)
	}
}

// forms writes r in all forms and reads it back.
func forms(t *testing.T, name string, r *Report) {
	t.Helper()
	if err := r.WriteText(io.Discard); err != nil {
		t.Errorf("%s: text: %v", name, err)
	}
	var js bytes.Buffer
	if err := r.WriteJSON(&js); err != nil {
		t.Errorf("%s: JSON: %v", name, err)
	}
	var back Report
	if err := json.Unmarshal(js.Bytes(), &back); err != nil || len(back.Culprits) != len(r.Culprits) {
		t.Errorf("%s: JSON does not come back: %v, %d of %d culprits", name, err, len(back.Culprits), len(r.Culprits))
	}
	var pb bytes.Buffer
	if err := r.WritePprof(&pb); err != nil {
		t.Errorf("%s: pprof: %v", name, err)
		return
	}
	p, err := profile.ParseData(pb.Bytes())
	if err != nil {
		t.Errorf("%s: pprof does not come back: %v", name, err)
		return
	}
	if len(p.Sample) != len(r.sites) || p.DefaultSampleType != "blame" {
		t.Errorf("%s: pprof has %d stacks and shows %s, expected %d and blame", name, len(p.Sample), p.DefaultSampleType, len(r.sites))
	}
}

// Whatever the bytes are, reading them neither panics nor takes memory without bound, and what comes of it can be written.
func FuzzAnalyze(f *testing.F) {
	for _, tr := range fixtures(f) {
		f.Add(tr)
		f.Add(tr[:len(tr)/2])
	}
	f.Fuzz(func(t *testing.T, tr []byte) {
		r, err := Analyze(bytes.NewReader(tr), Options{MaxBytes: 1 << 20, MaxEvents: 1 << 16, Limit: time.Millisecond})
		if err == nil {
			forms(t, "fuzz", r)
		}
	})
}

func TestStandard(t *testing.T) {
	for function, want := range map[string]bool{
		"main.main": false, "runtime.gcStart": true, "net/http.(*conn).serve": true, "github.com/x/y.F": false, "gopkg.in/yaml%2ev3.Unmarshal": false,
		"mote/internal/cache.New": false, "crypto/sha256.Sum256": true, "vendor/golang.org/x/net/dns.F": true, "sync.(*Mutex).Lock": true,
		"slices.SortFunc[github.com/x/y.T]": true, "": true, "aeshashbody": true, "main._Cfunc_usleep": true, "main.fill[go.shape.int]": false,
	} {
		if standard(function) != want {
			t.Errorf("standard(%q) is %v", function, !want)
		}
	}
}
