package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// Overhead is what guard costs where nothing is wrong.
type Overhead struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Most  float64 `json:"most"` // that is allowed
	Go    string  `json:"go"`
}

// line is the overhead as a line.
func (o Overhead) line() Line {
	l := Line{Name: "cost." + o.Name, Value: round(o.Value), Unit: o.Unit}
	l.set(o.Most, true)
	return l
}

// overheads has the local server program measure them.
func (r *runner) overheads(ctx context.Context) ([]Overhead, error) {
	p, err := r.builder.server(ctx, Local)
	if err != nil {
		return nil, err
	}
	r.log("cost of a request and of sampling")
	var complaint strings.Builder
	cmd := exec.CommandContext(ctx, p.path, "-overhead")
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	var list []Overhead
	if err == nil {
		err = json.Unmarshal(out, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("target -overhead: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	for i := range list {
		list[i].Go = p.goes
	}
	return list, nil
}
