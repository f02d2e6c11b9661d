package suite

import (
	"bytes"
	"fmt"

	"github.com/mote-go/mote/guard/bench/chart"
	"github.com/mote-go/mote/guard/bench/load"
)

// plots draws the result: file names and their content. What was not measured has no plot.
func (r *Result) plots() (map[string][]byte, error) {
	files := map[string][]byte{}
	if len(r.Comparisons) == 0 {
		return files, nil
	}
	var goodput bytes.Buffer
	err := r.goodput().WriteSVG(&goodput)
	files["guard-goodput.svg"] = goodput.Bytes()
	for _, c := range r.Comparisons {
		for name, lines := range map[string]chart.Lines{"time": c.overTime(), "latency": c.latency()} {
			var svg bytes.Buffer
			if e := lines.WriteSVG(&svg); err == nil {
				err = e
			}
			files["guard-"+name+"-"+c.Name()+".svg"] = svg.Bytes()
		}
	}
	return files, err
}

// goodput compares all defences in all scenarios.
func (r *Result) goodput() chart.Bars {
	bars := chart.Bars{Title: fmt.Sprintf("Goodput: answers with status 200 within %d ms", limit.Milliseconds()), Unit: "per second"}
	for _, c := range r.Comparisons {
		g := chart.Group{Name: c.title()}
		for _, row := range c.Rows {
			bar := chart.Bar{Name: row.Defence, Value: row.Good, Highlight: row.Defence == "guard"}
			if row.Invalid != "" {
				bar.Note = "(invalid)"
			}
			g.Bars = append(g.Bars, bar)
		}
		bars.Groups = append(bars.Groups, g)
	}
	return bars
}

// overTime is each defence's goodput in the seconds of its first turn.
func (c *Comparison) overTime() chart.Lines {
	lines := chart.Lines{Title: "Goodput over time: " + c.title(), X: "seconds since the load began, ordinary at first", Y: "good answers per second"}
	for _, row := range c.Rows {
		s := chart.Series{Name: row.Defence, Highlight: row.Defence == "guard"}
		for i, second := range row.Turns[0].Report.Series {
			s.Points = append(s.Points, chart.Point{X: float64(i), Y: float64(second.Classes[load.Good])})
		}
		lines.Series = append(lines.Series, s)
	}
	return lines
}

// latency is the percentiles of the served requests.
func (c *Comparison) latency() chart.Lines {
	lines := chart.Lines{
		Title: "Latency of served requests: " + c.title(), X: "percentile", Y: "milliseconds since the intended time of sending",
		Log: true, Limit: limit.Seconds() * 1e3,
	}
	percentiles := []float64{10, 50, 90, 99, 99.9}
	for i, p := range percentiles {
		lines.Ticks = append(lines.Ticks, chart.Tick{X: float64(i), Name: number(p)})
	}
	for _, row := range c.Rows {
		s, accepted := chart.Series{Name: row.Defence, Highlight: row.Defence == "guard"}, row.accepted()
		for i, p := range percentiles {
			s.Points = append(s.Points, chart.Point{X: float64(i), Y: accepted.Quantile(p/100).Seconds() * 1e3})
		}
		lines.Series = append(lines.Series, s)
	}
	return lines
}

// title is the scenario in words.
func (c *Comparison) title() string {
	proto := map[string]string{"http": "HTTP", "grpc": "gRPC", "pg": "HTTP with PostgreSQL"}[c.Proto]
	work := map[string]string{"cpu": "CPU work", "mixed": "CPU work and waiting"}[c.Work]
	return proto + ", " + work + ", " + c.Go
}
