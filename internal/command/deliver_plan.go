package command

import (
	"context"
	"flag"
	"fmt"
	"text/tabwriter"

	"mote/deliver/device"
)

func deliverPlanCommand() command {
	return command{
		name:     "plan",
		synopsis: "[flags] [package]",
		short:    "Tell how a program would be built for a device, and why so",
		setup: func(fs *flag.FlagSet) runner {
			list := fs.Bool("list", false, "list the device profiles that come with mote")
			asJSON := jsonFlag(fs)
			return func(_ context.Context, io Streams, args []string) (int, error) {
				if !*list {
					return 0, usagef("only -list is there")
				}
				return statusOK, writeProfiles(io, *asJSON)
			}
		},
	}
}

// profileRow is a row of `mote deliver plan -list`.
type profileRow struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Kernel      string `json:"kernel"`
	CPU         string `json:"cpu"`
}

func writeProfiles(io Streams, asJSON bool) error {
	all, err := device.List()
	if err != nil {
		return err
	}
	var rows []profileRow
	for _, p := range all {
		rows = append(rows, profileRow{p.Name, p.Description, p.Kernel.String(), p.Arch + " " + p.CPU.Level})
	}
	if asJSON {
		return writeJSON(io.Out, rows)
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tCPU\tKERNEL\tDESCRIPTION")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, r.CPU, r.Kernel, r.Description)
	}
	return w.Flush()
}
