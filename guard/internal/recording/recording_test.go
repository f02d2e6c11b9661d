package recording_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/internal/recording"
	"github.com/mote-go/mote/guard/sense"
)

func TestWriteRead(t *testing.T) {
	at := time.Time{}
	want := recording.Recording{Header: recording.Header{Mode: "hogs", Began: 3 * time.Millisecond}}
	for _, busy := range []float64{0, 1.25, math.NaN()} {
		at = at.Add(5 * time.Millisecond)
		want.Samples = append(want.Samples, sense.Sample{At: at, Interval: 5 * time.Millisecond, Busy: busy, Procs: 2, Pressure: sense.Unknown,
			RunQueue: sense.Delay{Count: 3, P50: 7}, Throttled: sense.Throttle{Periods: sense.Unknown}})
	}
	var text bytes.Buffer
	if err := want.Write(&text); err != nil {
		t.Fatal(err)
	}
	got, err := recording.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	last := &got.Samples[2]
	if !math.IsNaN(last.Busy) {
		t.Errorf("an unknown Busy came back as %v", last.Busy)
	}
	last.Busy, want.Samples[2].Busy = 0, 0 // NaN is not equal to itself
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got %+v, want %+v", *got, want)
	}
}

func TestWriteUnknownAssist(t *testing.T) {
	r := recording.Recording{Samples: []sense.Sample{{Interval: 1}, {Interval: 1, GCAssist: math.NaN()}}}
	if err := r.Write(new(bytes.Buffer)); err == nil || !strings.HasPrefix(err.Error(), "sample 1: ") {
		t.Errorf("error is %v, want one of sample 1", err)
	}
}

func TestReadErrors(t *testing.T) {
	const header, sample = `{"mode":"hogs"}` + "\n", `{"Interval":5}` + "\n"
	for text, want := range map[string]string{
		header + sample + "x":                      "line 3: invalid character",
		sample + header:                            "line 2: a sample's Interval is 0s",
		`{"Interval":-1}`:                          "line 1: a sample's Interval is -1ns",
		`{"mode":1}`:                               "line 1: json: cannot unmarshal number",
		`{"mode":"hogs","began":-1}`:               "line 1: began is -1ns",
		sample + strings.Repeat(" ", 100_000):      "line 2: bufio.Scanner: token too long",
		`{"Interval":5,"Busy":"much"}`:             "line 1: json: cannot unmarshal string",
		header + `{"Interval":9223372036854775808`: "line 2: unexpected end",
	} {
		if _, err := recording.Read(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q: error is %v, want %s", text, err, want)
		}
	}
}

func TestReadFile(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte(`{"mode":"hogs"}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{empty, empty + ".no"} {
		if _, err := recording.ReadFile(name); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error is %v, want one of %s", err, name)
		}
	}
}

// What is read once can be written and read again, and is the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"mode":"hogs","began":5}` + "\n" + `{"Interval":5000000,"Due":5000000,"Busy":1.5,"RunQueue":{"Count":1,"P50":3}}`))
	f.Add([]byte(`{"Interval":1}` + "\n" + `{"Interval":2,"At":"2026-01-02T03:04:05Z"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		once, err := recording.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := once.Write(&out); err != nil {
			t.Fatal(err)
		}
		first := out.String()
		again, err := recording.Read(&out)
		if err != nil {
			t.Fatal(err)
		}
		out.Reset()
		if err := again.Write(&out); err != nil {
			t.Fatal(err)
		}
		if out.String() != first {
			t.Errorf("%s\nbecame\n%s", first, out.String())
		}
	})
}
