package chart

import (
	"fmt"
	"io"
)

// Bars is a chart of horizontal bars in groups. Each group has a scale of its own.
type Bars struct {
	Title  string
	Unit   string // of the values
	Groups []Group
}

// Group is some bars under a heading.
type Group struct {
	Name string
	Bars []Bar
}

// Bar is one value, which must not be negative.
type Bar struct {
	Name      string
	Value     float64
	Highlight bool   // the one that it is about
	Note      string // behind the value
}

// WriteSVG draws the chart.
func (b Bars) WriteSVG(w io.Writer) error {
	const left, right = 130, 110 // room for names and values
	var c canvas
	y := float64(margin + line)
	c.text(width-margin, margin+line/2, "s e", b.Unit)
	for _, g := range b.Groups {
		y += line
		c.text(margin, y, "g", g.Name)
		y += 6
		most := greatest(g.Bars)
		for _, bar := range g.Bars {
			long := (width - left - right) * bar.Value / most
			class := "b"
			if bar.Highlight {
				class = "h"
			}
			c.text(left-8, y+barHigh-3, "e", bar.Name)
			fmt.Fprintf(&c, "<rect x=\"%d\" y=%q width=%q height=\"%d\" rx=\"2\" class=%q/>\n", left, coordinate(y), coordinate(max(long, 1)), barHigh, class)
			c.text(left+long+6, y+barHigh-3, "", value(bar.Value)+note(bar.Note))
			y += barHigh + 5
		}
		y += 8
	}
	return c.write(w, b.Title, y+margin/2)
}

// greatest value, or 1 if all are zero.
func greatest(bars []Bar) float64 {
	most := 0.0
	for _, b := range bars {
		most = max(most, b.Value)
	}
	if most == 0 {
		return 1
	}
	return most
}

// note is what stands behind a value.
func note(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
