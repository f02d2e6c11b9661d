package command

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

func versionCommand() command {
	return command{
		name:     "version",
		synopsis: "[-json]",
		short:    "print the versions of guard and of the Go release it was built with",
		long:     "Version prints the module version of this command, the Go release that built it, and the platform.",
		setup:    setupVersion,
	}
}

func setupVersion(fs *flag.FlagSet) runner {
	asJSON := fs.Bool("json", false, "print it as JSON")
	return func(_ context.Context, streams Streams, args []string) (int, error) {
		if len(args) > 0 {
			return statusUsage, usagef("unexpected argument %q", args[0])
		}
		v := struct {
			Version  string `json:"version"`
			Go       string `json:"go"`
			Platform string `json:"platform"`
		}{"(devel)", runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
		if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
			v.Version = info.Main.Version
		}
		if *asJSON {
			return statusOK, writeJSON(streams.Out, v)
		}
		_, err := fmt.Fprintf(streams.Out, "guard version %s %s %s\n", v.Version, v.Go, v.Platform)
		return statusOK, err
	}
}

// writeJSON writes v indented.
func writeJSON(out io.Writer, v any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
