package command

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"text/tabwriter"

	"mote/target"
)

func targetsCommand() command {
	return command{
		name:     "targets",
		synopsis: "[flags]",
		short:    "List the boards",
		setup: func(fs *flag.FlagSet) runner {
			asJSON := jsonFlag(fs)
			return func(_ context.Context, io Streams, args []string) (int, error) {
				if len(args) > 0 {
					return 0, usagef("unexpected argument %q", args[0])
				}
				boards, err := target.List()
				if err != nil {
					return statusFailed, err
				}
				if *asJSON {
					return statusOK, writeJSON(io.Out, boardList(boards))
				}
				return statusOK, printBoards(io, boards)
			}
		},
	}
}

// board is a row of `mote targets`; sizes are in bytes.
type board struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	CPU         string `json:"cpu"`
	Flash       uint64 `json:"flash"`
	RAM         uint64 `json:"ram"`
	Emulator    string `json:"emulator,omitempty"`
}

func boardList(targets []*target.Target) []board {
	var out []board
	for _, t := range targets {
		out = append(out, board{t.Name, t.Description, t.CPU, target.Total(t.Flash), target.Total(t.RAM), t.Emulator.Program})
	}
	return out
}

func printBoards(io Streams, targets []*target.Target) error {
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tCPU\tFLASH\tRAM\tEMULATOR")
	for _, b := range boardList(targets) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", b.Name, b.CPU, kilobytes(b.Flash), kilobytes(b.RAM), cmp.Or(b.Emulator, "-"))
	}
	return w.Flush()
}

// kilobytes rounds down: what is there is at least that.
func kilobytes(n uint64) string { return fmt.Sprintf("%d KB", n>>10) }
