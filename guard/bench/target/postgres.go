package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/mote-go/mote/guard/bench/defence"
)

// query costs PostgreSQL some hundred microseconds of CPU time and returns one row.
const query = "select count(*) from generate_series(1, 2000)"

// poolSize is the greatest number of connections to PostgreSQL; what waits for one is in the handler.
const poolSize = 10

// pgServer is an HTTP server whose handler asks a database.
type pgServer struct {
	server
	pool *pgxpool.Pool
}

// newPG serves the work followed by a query.
func newPG(dsn, name string, w work) (server, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("-dsn: %w", err)
	}
	config.MaxConns = poolSize
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(context.Background()); err != nil {
		pool.Close()
		return nil, fmt.Errorf("PostgreSQL: %w", err)
	}
	d, err := defence.New(name, acquiring(pool))
	if err != nil {
		return nil, err
	}
	return &pgServer{newHTTP(d, func(ctx context.Context) error {
		if err := w(ctx); err != nil {
			return err
		}
		var n int
		return pool.QueryRow(ctx, query).Scan(&n)
	}), pool}, nil
}

// acquiring tells how long those have waited on average who got a connection since it was asked last.
func acquiring(pool *pgxpool.Pool) defence.Queue {
	var waited time.Duration
	var count int64
	return func() time.Duration {
		s := pool.Stat()
		more, n := s.AcquireDuration()-waited, s.AcquireCount()-count
		waited, count = waited+more, count+n
		return more / time.Duration(max(n, 1))
	}
}

func (s *pgServer) Stop() {
	s.server.Stop()
	s.pool.Close()
}
