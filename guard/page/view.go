package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"time"

	guard "github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

//go:embed page.html page.css page.js
var files embed.FS

// document is the page as it is sent, and the policy that lets it run nothing but its own script.
type document struct {
	html   []byte
	policy string
}

// compose puts page.html, page.css and page.js together.
func compose(c Config) (document, error) {
	css, err := files.ReadFile("page.css")
	if err != nil {
		return document{}, err
	}
	js, err := files.ReadFile("page.js")
	if err != nil {
		return document{}, err
	}
	t, err := template.ParseFS(files, "page.html")
	if err != nil {
		return document{}, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Title": c.Title, "Limit": milliseconds(c.Limit), "Style": template.HTML("<style>" + string(css) + "</style>"), "Script": template.HTML("<script>" + string(js) + "</script>")})
	policy := "default-src 'none'; script-src '" + digest(js) + "'; style-src '" + digest(css) + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return document{b.Bytes(), policy}, err
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func (d document) serve(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", d.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.Write(d.html)
}

// data is what the page asks for. Times are milliseconds since 1970, durations milliseconds; what is not known is null.
type data struct {
	Now    int64    `json:"now"`
	Step   float64  `json:"step"`
	First  uint64   `json:"first"` // sequence number of the first point
	Points [][]any  `json:"points"`
	Causes []string `json:"causes"`
	Status status   `json:"status"`
}

// status is the part that has no history.
type status struct {
	Cause    string         `json:"cause"`
	Since    int64          `json:"since"`
	Delay    float64        `json:"delay"`
	Evidence string         `json:"evidence"`
	Events   []event        `json:"events"` // latest first
	Totals   []total        `json:"totals"` // of causes that there were
	Actions  map[string]any `json:"actions"`
	Lost     uint64         `json:"lost"`
}

type event struct {
	At       int64   `json:"at"`
	Before   string  `json:"before"`
	Lasted   float64 `json:"lasted"`
	Now      string  `json:"now"`
	Evidence string  `json:"evidence"`
}

type total struct {
	Cause string  `json:"cause"`
	Times uint64  `json:"times"`
	Time  float64 `json:"time"`
}

func (p *Page) serveData(w http.ResponseWriter, r *http.Request, s source) {
	from, err := strconv.ParseUint(r.URL.Query().Get("since"), 10, 64)
	if err != nil {
		from = 0
	}
	p.mu.Lock()
	first, points := p.history.since(from)
	p.mu.Unlock()
	d := data{Now: time.Now().UnixMilli(), Step: milliseconds(p.config.Step), First: first, Points: make([][]any, 0, len(points)), Status: view(s.Status())}
	for c := classify.Cause(0); c < classify.Causes; c++ {
		d.Causes = append(d.Causes, c.String())
	}
	for _, pt := range points {
		d.Points = append(d.Points, pt.row())
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(d) // an error is that of a browser that went away
}

// row is a point in the order that page.js knows.
func (p point) row() []any {
	second := p.length.Seconds()
	busy := math.NaN()
	if p.known > 0 {
		busy = p.busy / p.known.Seconds()
	}
	return []any{p.at.UnixMilli(), milliseconds(p.delay), known(p.overshoot), known(p.runQueue), known(p.stale), count(p.runnable), p.procs, number(p.cpus), number(busy),
		int(p.cause), number(float64(p.admitted) / second), number(float64(p.rejected) / second), milliseconds(p.throttled), milliseconds(p.mutex)}
}

func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

func known(d time.Duration) any {
	if d == sense.Unknown {
		return nil
	}
	return milliseconds(d)
}

func count(n int) any {
	if n == sense.Unknown {
		return nil
	}
	return n
}

func number(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return math.Round(f*1000) / 1000
}

func view(s guard.Status) status {
	v := status{Cause: s.Verdict.Cause.String(), Since: s.Verdict.Since.UnixMilli(), Delay: milliseconds(s.Verdict.Delay), Evidence: s.Verdict.Evidence, Lost: s.Lost,
		Events: []event{}, Totals: []total{}, Actions: map[string]any{}}
	for i := len(s.Events) - 1; i >= 0; i-- {
		e := s.Events[i]
		v.Events = append(v.Events, event{e.At.UnixMilli(), e.Before.String(), milliseconds(e.Lasted), e.Now.Cause.String(), e.Now.Evidence})
	}
	for c, t := range s.Totals {
		if t.Time > 0 {
			v.Totals = append(v.Totals, total{classify.Cause(c).String(), t.Times, milliseconds(t.Time)})
		}
	}
	v.actions(s)
	return v
}

// actions has a line of numbers for each action that there is.
func (v *status) actions(s guard.Status) {
	if s.Shed != nil {
		v.Actions["shed"] = map[string]any{"share": number(s.Shed.Share), "futile": s.Shed.Futile}
	}
	if s.Boost != nil {
		v.Actions["boost"] = map[string]any{"procs": s.Boost.Procs, "boosts": s.Boost.Boosts, "seconds": number(s.Boost.Time.Seconds()), "barred": s.Boost.Barred}
	}
	if r := s.Record; r != nil {
		v.Actions["record"] = map[string]any{"armed": r.Armed, "snapshots": r.Snapshots, "failures": r.Failures, "last": r.Last.File, "summary": r.Last.Summary}
	}
	if s.Watch != nil {
		v.Actions["watch"] = map[string]any{"alive": s.Watch.Alive, "silences": s.Watch.Silences, "longest_ms": milliseconds(s.Watch.Longest)}
	}
}
