package chart

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Lines is a chart of lines over a common horizontal axis.
type Lines struct {
	Title  string
	X, Y   string  // what the axes show, with units
	Log    bool    // the vertical axis is logarithmic, and zeros are left out
	Limit  float64 // a horizontal line to compare with; 0: none
	Series []Series
	Ticks  []Tick // of the horizontal axis; none: round numbers
}

// Series is one line. Points must be in order of X.
type Series struct {
	Name      string
	Points    []Point
	Highlight bool // the one that it is about
}

// colour is that of the series at index i.
func (s Series) colour(i int) string {
	if s.Highlight {
		return highlighted
	}
	return palette(i)
}

// Point is one value.
type Point struct{ X, Y float64 }

// Tick is a mark on the horizontal axis.
type Tick struct {
	X    float64
	Name string
}

// The plot's place in the chart.
const (
	plotLeft, plotRight = 60, width - 130
	plotTop, plotBottom = 50, 330
	linesHigh           = 380
	ticksWanted         = 5
	labelGap            = 14   // between the names at the right
	smallest            = 0.01 // value that a logarithmic axis begins with
)

// WriteSVG draws the chart.
func (l Lines) WriteSVG(w io.Writer) error {
	var c canvas
	x, y := l.scales()
	c.text(plotLeft, plotTop-8, "s", l.Y)
	c.text((plotLeft+plotRight)/2, linesHigh-8, "s m", l.X)
	for _, v := range l.yTicks(y) {
		c.stroke(plotLeft, y.at(v), plotRight, y.at(v), "a")
		c.text(plotLeft-6, y.at(v)+4, "e", value(v))
	}
	for _, t := range l.xTicks(x) {
		c.text(x.at(t.X), plotBottom+16, "m", t.Name)
	}
	if l.Limit > 0 {
		c.stroke(plotLeft, y.at(l.Limit), plotRight, y.at(l.Limit), "x")
		c.text(plotLeft+6, y.at(l.Limit)-4, "s", "limit "+value(l.Limit))
	}
	for i, s := range l.Series {
		c.series(s, s.colour(i), x, y)
	}
	c.names(l.Series, y)
	return c.write(w, l.Title, linesHigh)
}

// scale maps a range of values to pixels.
type scale struct {
	low, high float64 // values
	from, to  float64 // pixels
	log       bool
}

// at is the pixel of a value; what is outside is put at the edge.
func (s scale) at(v float64) float64 {
	low, high := s.low, s.high
	if s.log {
		v, low, high = math.Log10(math.Max(v, s.low)), math.Log10(low), math.Log10(high)
	}
	share := (v - low) / (high - low)
	return s.from + (s.to-s.from)*min(max(share, 0), 1)
}

// scales fit all points.
func (l Lines) scales() (x, y scale) {
	x = scale{low: math.Inf(1), high: math.Inf(-1), from: plotLeft, to: plotRight}
	y = scale{low: math.Inf(1), high: l.Limit, from: plotBottom, to: plotTop, log: l.Log}
	for _, s := range l.Series {
		for _, p := range s.Points {
			x.low, x.high = min(x.low, p.X), max(x.high, p.X)
			y.high = max(y.high, p.Y)
			if p.Y > 0 {
				y.low = min(y.low, p.Y)
			}
		}
	}
	if x.high <= x.low {
		x.low, x.high = 0, 1
	}
	if l.Log {
		y.low = math.Pow(10, math.Floor(math.Log10(max(min(y.low, 1), smallest))))
		y.high = math.Pow(10, math.Ceil(math.Log10(max(y.high, 10*y.low))))
	} else {
		y.low = 0
		y.high = max(y.high, 1)
	}
	return x, y
}

// yTicks are powers of ten, or round numbers.
func (l Lines) yTicks(y scale) (ticks []float64) {
	if !l.Log {
		return round(y.low, y.high)
	}
	for v := y.low; v <= y.high*1.001; v *= 10 {
		ticks = append(ticks, v)
	}
	return ticks
}

// xTicks are those given, or round numbers.
func (l Lines) xTicks(x scale) []Tick {
	if l.Ticks != nil {
		return l.Ticks
	}
	var ticks []Tick
	for _, v := range round(x.low, x.high) {
		ticks = append(ticks, Tick{v, value(v)})
	}
	return ticks
}

// round returns some multiples of 1, 2 or 5 times a power of ten in a range.
func round(low, high float64) (ticks []float64) {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/ticksWanted)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*factor) <= ticksWanted {
			step *= factor
			break
		}
	}
	for i := math.Ceil(low / step); i*step <= high; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks
}

// series draws one line; zeros interrupt it on a logarithmic axis.
func (c *canvas) series(s Series, colour string, x, y scale) {
	var run []string
	flush := func() {
		if len(run) > 0 {
			fmt.Fprintf(c, "<polyline class=\"l\" stroke=%q points=%q/>\n", colour, strings.Join(run, " "))
		}
		run = nil
	}
	for _, p := range s.Points {
		if y.log && p.Y <= 0 {
			flush()
			continue
		}
		run = append(run, coordinate(x.at(p.X))+","+coordinate(y.at(p.Y)))
	}
	flush()
}

// names writes each series' name beside the end of its line, moved so that they do not overlap.
func (c *canvas) names(series []Series, y scale) {
	type label struct {
		at float64
		i  int
	}
	var labels []label
	for i, s := range series {
		if n := len(s.Points); n > 0 {
			labels = append(labels, label{y.at(s.Points[n-1].Y), i})
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int {
		if a.at < b.at {
			return -1
		} else if a.at > b.at {
			return 1
		}
		return 0
	})
	for k := range labels {
		if k > 0 {
			labels[k].at = max(labels[k].at, labels[k-1].at+labelGap)
		}
	}
	// If that went below the plot, push all up from the bottom.
	below := float64(plotBottom)
	for k := len(labels) - 1; k >= 0; k-- {
		labels[k].at = min(labels[k].at, below)
		below = labels[k].at - labelGap
	}
	for _, l := range labels {
		fmt.Fprintf(c, "<circle cx=\"%d\" cy=%q r=\"4\" fill=%q/>\n", plotRight+14, coordinate(l.at), series[l.i].colour(l.i))
		c.text(plotRight+22, l.at+4, "", series[l.i].Name)
	}
}
