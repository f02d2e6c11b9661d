package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/internal/recording"
)

// begun is a recording of classify's, as of a program that says when its mode began.
func begun(t *testing.T, mode string, at time.Duration) string {
	t.Helper()
	r, err := recording.ReadFile(filepath.Join("..", "testdata", mode+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	r.Mode, r.Began = mode, at
	name := filepath.Join(t.TempDir(), mode)
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := r.Write(f); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReplay(t *testing.T) {
	hogs, late, healthy := begun(t, "hogs", 300*time.Millisecond), begun(t, "hogs", 500*time.Millisecond), begun(t, "healthy", 300*time.Millisecond)
	control := filepath.Join("..", "testdata", "healthy.jsonl")
	var out bytes.Buffer
	if err := run(&out, []string{hogs, late, healthy, control}, 10*time.Millisecond, false); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i, want := range []string{
		"under an alarm, 1 alarms, detected after ", "  sample ",
		"under an alarm, 1 alarms, the first before the beginning", "  sample ",
		" 0 under an alarm, 0 alarms, not detected",
		control + ": 110 samples in ",
		"4 recordings: ",
		"3 beginnings: 1 alarms before, 1 not detected, the others after ",
	} {
		if i >= len(got) || !strings.Contains(got[i], want) {
			t.Fatalf("line %d lacks %q:\n%s", i+1, want, out.String())
		}
	}
	out.Reset()
	if err := run(&out, []string{control}, 10*time.Millisecond, true); err != nil || !strings.HasPrefix(out.String(), "1 recordings: 110 samples") {
		t.Errorf("%v, printed %q", err, out.String())
	}
}

func TestBadRecording(t *testing.T) {
	if err := run(new(bytes.Buffer), []string{"main.go"}, 10*time.Millisecond, false); err == nil || !strings.HasPrefix(err.Error(), "main.go: line 1: ") {
		t.Errorf("a file that is no recording: %v", err)
	}
	if err := run(new(bytes.Buffer), []string{filepath.Join("..", "testdata", "healthy.jsonl")}, time.Nanosecond, false); err == nil || !strings.Contains(err.Error(), "Limit") {
		t.Errorf("a limit of 1 ns: %v", err)
	}
}
