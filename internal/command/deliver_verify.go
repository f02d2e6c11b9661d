package command

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"mote/deliver/elfgate"
)

func deliverVerifyCommand() command {
	return command{
		name:     "verify",
		synopsis: "[flags] program",
		short:    "Check a program's file against a device: format, segments, instructions, build, sizes",
		setup: func(fs *flag.FlagSet) runner {
			profile := profileFlag(fs)
			codes := fs.Bool("codes", false, "list the codes of findings and what they mean")
			asJSON := jsonFlag(fs)
			return func(_ context.Context, io Streams, args []string) (int, error) {
				if *codes {
					return statusOK, writeCodes(io, *asJSON)
				}
				if len(args) != 1 {
					return 0, usagef("want one program, have %d arguments", len(args))
				}
				p, err := profile()
				if err != nil {
					return statusFailed, err
				}
				report, err := elfgate.VerifyFile(args[0], p)
				if err != nil {
					return statusFailed, err
				}
				return writeVerified(io, args[0], report, *asJSON)
			}
		},
	}
}

func writeCodes(io Streams, asJSON bool) error {
	if asJSON {
		return writeJSON(io.Out, elfgate.Codes())
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tSEVERITY\tMEANING")
	for _, m := range elfgate.Codes() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Code, m.Severity, m.Text)
	}
	return w.Flush()
}

// writeVerified prints a report and chooses the status.
func writeVerified(io Streams, name string, r *elfgate.Report, asJSON bool) (int, error) {
	status := statusOK
	if !r.OK {
		status = statusFailed
	}
	if asJSON {
		return status, writeJSON(io.Out, r)
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	for _, f := range r.Findings {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.Severity, f.Code, f.Text)
	}
	if r.Level != "" {
		fmt.Fprintf(w, "level\t%s\tthe lowest that its unguarded instructions need\n", r.Level)
	}
	if s := r.Sizes; s != nil {
		fmt.Fprintf(w, "size\t%d\tcode %d, writable %d; largest packages: %s\n", s.File, s.Text, s.RAM, shares(s.Packages))
	}
	if err := w.Flush(); err != nil {
		return statusFailed, err
	}
	if !r.OK {
		var codes []string
		for _, f := range r.Errors() {
			codes = append(codes, string(f.Code))
		}
		return status, fmt.Errorf("%s cannot be delivered to %s: %s", name, r.Profile, strings.Join(codes, ", "))
	}
	fmt.Fprintf(io.Out, "%s is fit for %s\n", name, r.Profile)
	return status, nil
}

// shares names the largest few.
func shares(list []elfgate.Share) string {
	var out []string
	for _, s := range list[:min(len(list), 5)] {
		out = append(out, fmt.Sprintf("%s %d", s.Name, s.Size))
	}
	return strings.Join(out, ", ")
}
