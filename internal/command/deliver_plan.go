package command

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"mote/deliver/build"
	"mote/deliver/device"
)

func deliverPlanCommand() command {
	return command{
		name:     "plan",
		synopsis: "[flags] [package]",
		short:    "Tell how a program would be built for a device, and why so",
		setup: func(fs *flag.FlagSet) runner {
			var b planFlags
			b.define(fs)
			list := fs.Bool("list", false, "list the device profiles that come with mote")
			matrix := fs.Bool("matrix", false, "build the package for the ports of Go, without and with cgo, and tell which are static; this takes long")
			ports := fs.String("ports", "", "with -matrix, only these comma-separated `ports`, such as linux/arm64")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				switch {
				case *list:
					return statusOK, writeProfiles(io, *asJSON)
				case *matrix:
					return statusOK, b.matrix(ctx, io, args, *ports, *asJSON)
				}
				plan, err := b.plan(args)
				if err != nil {
					return statusFailed, err
				}
				return statusOK, writePlan(io, plan, *asJSON)
			}
		},
	}
}

// planFlags are the flags of the commands that build for a device.
type planFlags struct {
	profile profileLoader
	options build.Options
	vars    string
}

func (b *planFlags) define(fs *flag.FlagSet) {
	b.profile = profileFlag(fs)
	fs.StringVar(&b.options.Level, "level", "", "build for this instruction `level` (GOARM64 and the like) instead of the profile's")
	fs.StringVar(&b.options.Mode, "buildmode", "", "the build `mode`: exe, which is the only one that a device without a loader runs")
	fs.BoolVar(&b.options.Symbols, "symbols", false, "keep symbol table and debug information")
	fs.StringVar(&b.options.Tags, "tags", "", "a comma-separated `list` of build tags")
	fs.StringVar(&b.vars, "ldflags", "", "`flags` for linking: -X package/path.name=value sets a string variable")
}

// complete takes the package and the variables into the options.
func (b *planFlags) complete(args []string) error {
	vars, err := parseLDFlags(b.vars)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		b.options.Vars = append(b.options.Vars, name+"="+vars[name])
	}
	if len(args) > 1 {
		return usagef("want one package, have %d arguments", len(args))
	}
	b.options.Package = strings.Join(args, "")
	return nil
}

func (b *planFlags) plan(args []string) (*build.Plan, error) {
	if err := b.complete(args); err != nil {
		return nil, err
	}
	p, err := b.profile()
	if err != nil {
		return nil, err
	}
	return build.New(p, b.options)
}

func writePlan(io Streams, plan *build.Plan, asJSON bool) error {
	if asJSON {
		return writeJSON(io.Out, plan)
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	for _, r := range plan.Reasons {
		fmt.Fprintf(w, "%s\t%s\n", r.Setting, r.Why)
	}
	return w.Flush()
}

// matrix prints rows as they come.
func (b *planFlags) matrix(ctx context.Context, io Streams, args []string, only string, asJSON bool) error {
	if err := b.complete(args); err != nil {
		return err
	}
	ports, err := choosePorts(ctx, only)
	if err != nil {
		return err
	}
	if b.options.Package == "" {
		b.options.Package = "."
	}
	progress := newProgress(io.Err)
	rows := []build.Row{}
	progress.stage(ports[0].GOOS + "/" + ports[0].GOARCH)
	err = build.Matrix(ctx, b.options, ports, func(r build.Row) {
		rows = append(rows, r)
		progress.stage(fmt.Sprintf("%d builds, last %s", len(rows), r.Port))
	})
	progress.clear()
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(io.Out, rows)
	}
	return writeMatrix(io, rows)
}

func choosePorts(ctx context.Context, only string) ([]build.Port, error) {
	all, err := build.Ports(ctx)
	if err != nil || only == "" {
		return all, err
	}
	var chosen []build.Port
	for name := range strings.SplitSeq(only, ",") {
		found := false
		for _, p := range all {
			if p.GOOS+"/"+p.GOARCH == name {
				chosen, found = append(chosen, p), true
			}
		}
		if !found {
			return nil, usagef("Go has no port %q; 'go tool dist list' lists them", name)
		}
	}
	return chosen, nil
}

func writeMatrix(io Streams, rows []build.Row) error {
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PORT\tCGO\tBUILDS\tFORMAT\tSTATIC\tSIZE\tGATE")
	for _, r := range rows {
		if !r.Builds {
			fmt.Fprintf(w, "%s\t%s\tno\t%s\n", r.Port, yesNo(r.Cgo), r.Why)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\tyes\t%s\t%s\t%d\t%s\n", r.Port, yesNo(r.Cgo), r.Format, yesNo(r.Static), r.Size, r.Gate)
	}
	return w.Flush()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
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
