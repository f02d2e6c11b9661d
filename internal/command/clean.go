package command

import (
	"context"
	"flag"

	"mote/internal/cache"
)

func cleanCommand() command {
	return command{
		name:  "clean",
		short: "Remove the cache",
		setup: func(*flag.FlagSet) runner {
			return func(_ context.Context, _ Streams, args []string) (int, error) {
				if len(args) > 0 {
					return 0, usagef("unexpected argument %q", args[0])
				}
				dir, err := cache.Dir()
				if err != nil {
					return statusFailed, err
				}
				return statusOK, cache.Remove(dir)
			}
		},
	}
}
