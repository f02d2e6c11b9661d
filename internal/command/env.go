package command

import (
	"context"
	"flag"
	"fmt"
	"os/exec"
	"strings"

	"mote/internal/cache"
	"mote/target"
)

func envCommand() command {
	return command{
		name:     "env",
		synopsis: "[flags] [names...]",
		short:    "Tell what mote uses: folders, versions, tools",
		setup: func(fs *flag.FlagSet) runner {
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, names []string) (int, error) {
				all, err := environment(ctx)
				if err != nil {
					return statusFailed, err
				}
				if len(names) > 0 {
					return statusOK, printNamed(io, all, names)
				}
				if *asJSON {
					return statusOK, writeJSON(io.Out, asMap(all))
				}
				for _, s := range all {
					fmt.Fprintf(io.Out, "%s='%s'\n", s.name, s.value)
				}
				return statusOK, nil
			}
		},
	}
}

// setting is a row of `mote env`.
type setting struct{ name, value string }

// environment collects the settings; a tool that is not there has an empty path.
func environment(ctx context.Context) ([]setting, error) {
	dir, err := cache.Dir()
	if err != nil {
		return nil, err
	}
	all := []setting{{"MOTE_CACHE", dir}, {"MOTE_VERSION", version()}}
	for _, name := range []string{"GOROOT", "GOVERSION"} {
		out, _ := exec.CommandContext(ctx, "go", "env", name).Output()
		all = append(all, setting{name, strings.TrimSpace(string(out))})
	}
	programs, err := emulators()
	if err != nil {
		return nil, err
	}
	for _, name := range append([]string{"go", "clang-19", "ld.lld-19"}, programs...) {
		path, _ := exec.LookPath(name)
		all = append(all, setting{"TOOL_" + toolName(name), path})
	}
	return all, nil
}

// toolName makes a variable's name out of a program's.
func toolName(program string) string {
	return strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(program))
}

// emulators are the programs that boot the known boards, each once.
func emulators() ([]string, error) {
	boards, err := target.List()
	if err != nil {
		return nil, err
	}
	var out []string
	seen := make(map[string]bool)
	for _, t := range boards {
		if p := t.Emulator.Program; p != "" && !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out, nil
}

// printNamed writes the values alone, one a line, as `go env NAME` does.
func printNamed(io Streams, all []setting, names []string) error {
	values := asMap(all)
	for _, name := range names {
		value, ok := values[name]
		if !ok {
			return usagef("unknown variable %q", name)
		}
		fmt.Fprintln(io.Out, value)
	}
	return nil
}

func asMap(all []setting) map[string]string {
	m := make(map[string]string)
	for _, s := range all {
		m[s.name] = s.value
	}
	return m
}
