package suite

import (
	"context"
	"fmt"
)

// compare runs a scenario: all servers stand by, and each is loaded once a round, beginning with another one each time.
func (r *runner) compare(ctx context.Context, s Scenario) (*Comparison, error) {
	p, err := r.builder.server(ctx, s.Release)
	if err != nil {
		return nil, err
	}
	generator, err := r.builder.generator(ctx)
	if err != nil {
		return nil, err
	}
	dsn, database, err := r.database(ctx, s.Proto)
	if err != nil {
		return nil, err
	}
	servers := make([]*server, len(s.Defences))
	defer func() {
		for _, one := range servers {
			if one != nil {
				one.stop()
			}
		}
	}()
	result := &Comparison{Scenario: s, Go: p.goes, Rows: make([]Row, len(s.Defences))}
	for i, defence := range s.Defences {
		result.Rows[i].Defence = defence
		if servers[i], err = startServer(ctx, p, s, defence, dsn); err != nil {
			return nil, err
		}
	}
	for round := 0; round < s.Rounds; round++ {
		for k := range servers {
			i := (k + round) % len(servers)
			r.log("%s, %s: %s, round %d of %d", s.Name(), p.goes, s.Defences[i], round+1, s.Rounds)
			pids := append([]int{servers[i].cmd.Process.Pid}, database...)
			turn, err := generate(ctx, generator, r.options, s, servers[i].address, pids...)
			if err != nil {
				return nil, fmt.Errorf("%s with %s: %w", s.Name(), s.Defences[i], err)
			}
			turn.Round = round + 1
			result.Rows[i].Turns = append(result.Rows[i].Turns, turn)
		}
	}
	for i := range result.Rows {
		result.Rows[i].sumUp()
	}
	return result, nil
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
