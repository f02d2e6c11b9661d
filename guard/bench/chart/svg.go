// Package chart draws the two kinds of charts that benchmark results need, horizontal bars and lines, as SVG files that stand alone: no scripts, no fonts,
// readable on light and dark ground, with every value in text. The same data give the same bytes.
package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The sizes of everything, in SVG user units (pixels).
const (
	width   = 760
	margin  = 16
	line    = 18 // of text
	barHigh = 14
)

// style has the colours; the series' are those of M. Okabe and K. Ito, "Color Universal Design" (2008), which people with colour blindness can tell apart.
const style = `text{font:12px system-ui,sans-serif;fill:#222}` +
	`.t{font-weight:600;font-size:15px}.g{font-weight:600}.s{fill:#666}.e{text-anchor:end}.m{text-anchor:middle}` +
	`.a{stroke:#bbb;stroke-width:1}.l{fill:none;stroke-width:2}.x{stroke:#d55e00;stroke-dasharray:4 3}.b{fill:#9aa5b1}.h{fill:#0072b2}` +
	`@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.s{fill:#aaa}.a{stroke:#555}.b{fill:#6b7683}.h{fill:#56b4e9}}`

// highlighted is the colour of the series that a chart is about.
const highlighted = "#0072b2"

// palette gives the other series their colours.
func palette(i int) string {
	colours := [...]string{"#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999", "#b8a800"}
	return colours[i%len(colours)]
}

// canvas collects elements.
type canvas struct{ strings.Builder }

// text writes text with its baseline at y. class may be empty.
func (c *canvas) text(x, y float64, class, s string) {
	fmt.Fprintf(c, "<text x=%q y=%q class=%q>", coordinate(x), coordinate(y), class)
	xml.EscapeText(c, []byte(s)) // a strings.Builder takes everything
	c.WriteString("</text>\n")
}

// stroke draws a straight line.
func (c *canvas) stroke(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(c, "<line x1=%q y1=%q x2=%q y2=%q class=%q/>\n", coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2), class)
}

// write writes the file around the elements.
func (c *canvas) write(w io.Writer, title string, height float64) error {
	var head canvas
	fmt.Fprintf(&head, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %s\" width=\"%d\">\n<title>", width, coordinate(height), width)
	xml.EscapeText(&head, []byte(title))
	head.WriteString("</title>\n<style>" + style + "</style>\n")
	head.text(margin, margin+line/2, "t", title)
	_, err := io.WriteString(w, head.String()+c.String()+"</svg>\n")
	return err
}

// coordinate prints a number with at most one digit behind the point.
func coordinate(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// value prints a number as in a label: three digits, and the point only where it says something.
func value(v float64) string {
	switch {
	case v >= 100 || v == math.Trunc(v):
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 1:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'g', 2, 64)
}
