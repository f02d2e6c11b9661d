package report

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
)

// What the recorder writes with Recorded attached names the goroutines that computed while it was armed.
func TestRecorderAttached(t *testing.T) {
	got := make(chan record.Snapshot, 1)
	r, err := record.New(record.Config{Dir: t.TempDir(), Analyze: Recorded, Collect: 300 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Notice: func(s record.Snapshot) { got <- s }})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	stop := make(chan bool)
	defer close(stop)
	for range 4 {
		go hogUntil(stop)
	}
	for begin := time.Now(); len(got) == 0; time.Sleep(5 * time.Millisecond) {
		r.Observe(sense.Sample{At: time.Now()}, classify.Verdict{Cause: classify.Hogs, Delay: 20 * time.Millisecond})
		if time.Since(begin) > 2*time.Minute {
			t.Fatalf("no snapshot: %+v", r.Stats())
		}
	}
	s := <-got
	text, err := os.ReadFile(s.Text)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.Summary, ".turn (") || !strings.Contains(string(text), "1. ") || filepath.Ext(s.File) != ".trace" {
		t.Errorf("%+v\n%s", s, text)
	}
	if strings.Contains(string(text), "incomplete") {
		t.Errorf("%s", text)
	}
}

func hogUntil(stop chan bool) {
	x := uint64(1)
	for {
		select {
		case <-stop:
			return
		default:
			x = turn(x)
		}
	}
}
