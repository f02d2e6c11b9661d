// Command bench loads servers behind guard and behind what people would pick instead, and compares. `guard bench` does the same.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/mote-go/mote/guard/bench/suite"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// run reads the flags, runs the benchmark, and writes its results.
func run(ctx context.Context) error {
	var o suite.Options
	flag.StringVar(&o.Dir, "dir", "", "`directory` with the source of the servers (default: looked for around the working directory)")
	list(&o.Defences, "defence", "comma-separated `list` of "+strings.Join(suite.Defences(), ", ")+" (default: all)")
	list(&o.Protos, "proto", "comma-separated `list` of "+strings.Join(suite.Protos(), ", ")+" (default: all)")
	list(&o.Works, "work", "comma-separated `list` of "+strings.Join(suite.Works(), ", ")+" (default: both with http, cpu with the others)")
	list(&o.Releases, "go", "comma-separated `list` of Go releases (default: "+strings.Join(suite.Releases(), ", ")+")")
	flag.IntVar(&o.Rate, "rate", 0, "requests a `second` (default: 2500)")
	flag.DurationVar(&o.Duration, "for", 0, "how `long` each turn lasts (default: 3s to 6s, by scenario)")
	flag.DurationVar(&o.Settle, "settle", 0, "how `long` there is load before each turn that does not count (default: 1s; negative: none)")
	flag.IntVar(&o.SettleRate, "settle-rate", 0, "requests a `second` in it (default: 1000)")
	flag.IntVar(&o.Rounds, "rounds", 0, "`turns` of each defence (default: 3, 2 or 1, by scenario)")
	flag.BoolVar(&o.NoLoad, "noload", false, "only the cost of a request and of sampling")
	flag.BoolVar(&o.NoOverhead, "nooverhead", false, "only the load")
	out := flag.String("o", "", "write the result to this `directory`: guard-load.json (a number a line), guard-bench.json (all), and plots")
	asJSON := flag.Bool("json", false, "print all of the result as JSON instead of tables")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	o.Progress = os.Stderr
	result, err := suite.Run(ctx, o)
	if err != nil {
		return err
	}
	if *out != "" {
		if err := result.WriteFiles(filepath.Clean(*out)); err != nil {
			return err
		}
	}
	if *asJSON {
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	return result.WriteText(os.Stdout)
}

// list is a flag with a comma-separated list.
func list(value *[]string, name, usage string) {
	flag.Func(name, usage, func(s string) error {
		*value = strings.Split(s, ",")
		return nil
	})
}
