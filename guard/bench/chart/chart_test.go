package chart

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// charts are drawn and compared with testdata.
func charts() map[string]interface{ WriteSVG(io.Writer) error } {
	return map[string]interface{ WriteSVG(io.Writer) error }{
		"bars": Bars{Title: "Goodput", Unit: "1/s", Groups: []Group{
			{"http, <cpu> & more", []Bar{{Name: "none", Value: 90}, {Name: "rival", Value: 463.7}, {Name: "guard", Value: 1766, Highlight: true, Note: "(3.8x)"}}},
			{"nothing", []Bar{{Name: "none"}}},
		}},
		"lines": Lines{Title: "Goodput over time", X: "seconds", Y: "good requests/s", Series: []Series{
			{Name: "none", Points: []Point{{0, 1000}, {1, 200}, {2, 0}, {3, 0}}},
			{Name: "rival", Points: []Point{{0, 1000}, {1, 300}, {2, 350}, {3, 0}}},
			{Name: "guard", Highlight: true, Points: []Point{{0, 1000}, {1, 1700}, {2, 1690}, {3, 1710}}},
		}},
		"log": Lines{Title: "Latency", X: "percentile", Y: "ms", Log: true, Limit: 100, Ticks: []Tick{{0, "50"}, {1, "90"}, {2, "99"}}, Series: []Series{
			{Name: "none", Points: []Point{{0, 700}, {1, 1800}, {2, 2500}}},
			{Name: "gap", Points: []Point{{0, 3}, {1, 0}, {2, 20}}},
			{Name: "guard", Highlight: true, Points: []Point{{0, 14.3}, {1, 20}, {2, 30}}},
		}},
		"empty": Lines{Title: "Nothing", Log: true},
	}
}

var update = flag.Bool("update", false, "write testdata anew")

func TestGolden(t *testing.T) {
	for name, c := range charts() {
		var got bytes.Buffer
		if err := c.WriteSVG(&got); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs; look at what -update changes", file)
		}
	}
}

// Every chart is well-formed XML, stands alone, and nothing in it is off the canvas or no number.
func TestWellFormed(t *testing.T) {
	for name, c := range charts() {
		var svg bytes.Buffer
		if err := c.WriteSVG(&svg); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(&svg)
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range e.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("%s: <%s %s=%q>", name, e.Name.Local, a.Name.Local, a.Value)
				}
				if a.Name.Local == "href" || e.Name.Local == "script" {
					t.Errorf("%s: <%s> needs something from outside", name, e.Name.Local)
				}
			}
		}
	}
}

func TestEveryValueIsInText(t *testing.T) {
	var svg bytes.Buffer
	if err := charts()["bars"].WriteSVG(&svg); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{">90<", ">464<", ">1766 (3.8x)<", "http, &lt;cpu&gt; &amp; more"} {
		if !strings.Contains(svg.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestScale(t *testing.T) {
	linear := scale{low: 0, high: 10, from: 100, to: 0}
	log := scale{low: 1, high: 1000, from: 0, to: 300, log: true}
	for _, c := range []struct {
		s       scale
		v, want float64
	}{{linear, 0, 100}, {linear, 5, 50}, {linear, 20, 0}, {log, 1, 0}, {log, 10, 100}, {log, 1000, 300}, {log, 0, 0}} {
		if got := c.s.at(c.v); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v is at %v, want %v", c.v, got, c.want)
		}
	}
}

func TestRoundTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{{0, 1766, "0 500 1000 1500"}, {0, 3, "0 1 2 3"}, {0, 1, "0 0.2 0.4 0.6 0.8 1"}, {2, 11, "2 4 6 8 10"}} {
		var got []string
		for _, v := range round(c.low, c.high) {
			got = append(got, value(v))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v to %v: %v, want %s", c.low, c.high, got, c.want)
		}
	}
}
