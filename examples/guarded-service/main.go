// Command guarded-service is a small service, quotes for orders over HTTP with batches in the background, that shows how guard comes into a
// service that exists. There are two entry points: entry_stable.go is the service as it was, entry_canary.go (go build -tags canary) puts guard in front of a
// share of its traffic, as stages.toml says. Nothing else differs between the two.
//
// Start reading with entry_canary.go. With -demo it builds both, puts too much load on each, and prints what came of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// options are the command line's.
type options struct {
	listen string
	cost   int
	rates  string
	stages string
	traces string
}

func main() {
	token := early()
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen on")
	flag.IntVar(&o.cost, "cost", 500_000, "rounds of `work` for a quote")
	flag.StringVar(&o.rates, "rates", "", "`URL` of the service for exchange rates; without one the rate is 1")
	flag.StringVar(&o.stages, "stages", "stages.toml", "stage `file` of the rollout, for the canary")
	flag.StringVar(&o.traces, "traces", "", "`folder`, which must exist, for traces of starvation, for the canary")
	show := flag.Bool("demo", false, "build and overload both variants, and print a table")
	seconds := flag.Float64("seconds", 5, "with -demo, how long to measure each")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	run := func() error { return serve(ctx, o, token) }
	if *show {
		run = func() error { return demonstrate(ctx, os.Stdout, *seconds) }
	}
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// serve runs the service until ctx ends.
func serve(ctx context.Context, o options, token token) error {
	front, err := enter(&service{ctx: ctx, cost: o.cost}, o, token)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return errors.Join(err, front.close())
	}
	fmt.Printf("%s listening on %s\n", variant, listener.Addr())
	server := &http.Server{Handler: front.handler, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		server.Shutdown(late)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(err, front.close())
	}
	return front.close()
}
