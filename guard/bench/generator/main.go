// Command generator is the client side of guard bench: it loads one server at a fixed rate and prints a load.Report as JSON.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mote-go/mote/guard/bench/load"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "generator:", err)
		stop()
		os.Exit(1)
	}
}

// run reads the flags, loads, and prints the report.
func run(ctx context.Context) error {
	var spec load.Spec
	flag.IntVar(&spec.Rate, "rate", 2500, "requests a `second`")
	flag.DurationVar(&spec.Duration, "for", 10*time.Second, "how `long` to send")
	flag.DurationVar(&spec.Limit, "limit", 100*time.Millisecond, "what comes `later` is late")
	flag.DurationVar(&spec.Patience, "patience", time.Second, "how `long` a request waits for a free connection")
	flag.DurationVar(&spec.Settle, "settle", time.Second, "how `long` to send at the rate of -settle-rate before")
	flag.IntVar(&spec.SettleRate, "settle-rate", 1000, "requests a `second` while settling")
	proto := flag.String("proto", "http", "http or grpc")
	address := flag.String("address", "", "`host:port` of the server")
	most := flag.Int("connections", 1000, "at most this many requests are under way at once; with HTTP, the number of connections")
	flag.Parse()
	priority := load.Favour()
	var report *load.Report
	var err error
	switch *proto {
	case "http":
		report, err = load.HTTP(ctx, spec, *address, "/", *most)
	case "grpc":
		report, err = load.GRPC(ctx, spec, *address, "/guard.bench.Work/Do", *most)
	default:
		err = fmt.Errorf("unknown protocol %q (there are http and grpc)", *proto)
	}
	if err != nil {
		return err
	}
	report.Priority = priority
	return json.NewEncoder(os.Stdout).Encode(report)
}
