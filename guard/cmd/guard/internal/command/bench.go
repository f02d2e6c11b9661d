package command

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mote-go/mote/guard/bench/suite"
)

func benchCommand() command {
	return command{
		name:     "bench",
		synopsis: "[flags]",
		short:    "compare guard with other defences against overload, under load",
		long: `Bench loads servers behind guard and behind what people would pick instead, the same load in the same run, over HTTP, gRPC and a PostgreSQL
connection pool and with several Go releases, and prints tables. It builds the servers with the go command from the source of the
bench module, which is looked for around the working directory and among the modules that it requires. All of it takes about six minutes.`,
		setup: setupBench,
	}
}

func setupBench(fs *flag.FlagSet) runner {
	var o suite.Options
	fs.StringVar(&o.Dir, "dir", "", "`directory` with the source of the bench module (default: looked for)")
	choice(fs, &o.Defences, "defence", suite.Defences(), "all")
	choice(fs, &o.Protos, "proto", suite.Protos(), "all")
	choice(fs, &o.Works, "work", suite.Works(), "both with http, cpu with the others")
	list(fs, &o.Releases, "go", "comma-separated `list` of Go releases (default: "+strings.Join(suite.Releases(), ", ")+")")
	fs.IntVar(&o.Rate, "rate", 0, "requests a `second` (default: 2500)")
	fs.DurationVar(&o.Duration, "for", 0, "how `long` each turn lasts (default: by scenario)")
	fs.DurationVar(&o.Settle, "settle", 0, "how `long` there is load before each turn that does not count (default: 1s; negative: none)")
	fs.IntVar(&o.SettleRate, "settle-rate", 0, "requests a `second` in it (default: 1000)")
	fs.IntVar(&o.Rounds, "rounds", 0, "`turns` of each defence (default: by scenario)")
	fs.BoolVar(&o.NoLoad, "noload", false, "only the cost of a request and of sampling")
	fs.BoolVar(&o.NoOverhead, "nooverhead", false, "only the load")
	out := fs.String("o", "", "also write numbers and plots into this `directory`")
	asJSON := fs.Bool("json", false, "print the result as JSON instead of tables")
	return func(ctx context.Context, streams Streams, args []string) (int, error) {
		switch {
		case len(args) > 0:
			return statusUsage, usagef("unexpected argument %q", args[0])
		case o.NoLoad && o.NoOverhead:
			return statusUsage, usagef("-noload and -nooverhead leave nothing to do")
		case min(o.Rate, o.SettleRate, o.Rounds) < 0 || o.Duration < 0:
			return statusUsage, usagef("-rate, -settle-rate, -rounds and -for must be positive")
		}
		o.Progress = streams.Err
		result, err := suite.Run(ctx, o)
		if err == nil && *out != "" {
			err = result.WriteFiles(filepath.Clean(*out))
		}
		if err != nil {
			return statusFailed, err
		}
		return statusOK, writeBench(result, streams.Out, *asJSON)
	}
}

func writeBench(r *suite.Result, out io.Writer, asJSON bool) error {
	if asJSON {
		return writeJSON(out, r)
	}
	return r.WriteText(out)
}

// list is a flag with a comma-separated list.
func list(fs *flag.FlagSet, value *[]string, name, usage string) {
	fs.Func(name, usage, func(s string) error {
		*value = strings.Split(s, ",")
		return nil
	})
}

// choice is a list of which each member is known.
func choice(fs *flag.FlagSet, value *[]string, name string, known []string, byDefault string) {
	all := strings.Join(known, ", ")
	fs.Func(name, "comma-separated `list` of "+all+" (default: "+byDefault+")", func(s string) error {
		*value = strings.Split(s, ",")
		for _, v := range *value {
			if !slices.Contains(known, v) {
				return fmt.Errorf("%q is not one of %s", v, all)
			}
		}
		return nil
	})
}
