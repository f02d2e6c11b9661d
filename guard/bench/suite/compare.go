package suite

import (
	"context"
	"fmt"
)

// compare runs a scenario: in each round every defence has its turn, beginning with another one each time.
func (r *runner) compare(ctx context.Context, s Scenario) (*Comparison, error) {
	p, err := r.builder.server(ctx, s.Release)
	if err != nil {
		return nil, err
	}
	generator, err := r.builder.generator(ctx)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Scenario: s, Go: p.goes, Rows: make([]Row, len(s.Defences))}
	for round := 0; round < s.Rounds; round++ {
		for k := range s.Defences {
			i := (k + round) % len(s.Defences)
			r.log("%s, %s: %s, round %d of %d", s.Name(), p.goes, s.Defences[i], round+1, s.Rounds)
			turn, err := r.turn(ctx, s, s.Defences[i], p, generator)
			if err != nil {
				return nil, fmt.Errorf("%s with %s: %w", s.Name(), s.Defences[i], err)
			}
			turn.Round = round + 1
			c.Rows[i].Defence = s.Defences[i]
			c.Rows[i].Turns = append(c.Rows[i].Turns, turn)
		}
	}
	for i := range c.Rows {
		c.Rows[i].sumUp()
	}
	return c, nil
}

// database starts PostgreSQL when a protocol needs it and it does not run yet.
func (r *runner) database(ctx context.Context, proto string) (dsn string, pids []int, err error) {
	if proto != "pg" {
		return "", nil, nil
	}
	if r.postgres == nil {
		r.log("starting PostgreSQL")
		if r.postgres, err = startPostgres(ctx, r.temp); err != nil {
			return "", nil, err
		}
	}
	return r.postgres.dsn, []int{r.postgres.pid()}, nil
}
