package command

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"mote/deliver/bundle"
)

func deliverCheckCommand() command {
	return command{
		name:     "check",
		synopsis: "[flags] bundle",
		short:    "Check every byte of a bundle, its signatures, version and date, as a device does before it runs it",
		setup: func(fs *flag.FlagSet) runner {
			trust, state := trustFlags(fs)
			asJSON := jsonFlag(fs)
			return func(_ context.Context, io Streams, args []string) (int, error) {
				if len(args) != 1 || *trust == "" {
					return 0, usagef("want one bundle, and the keys that a device trusts (-trust)")
				}
				c, err := checkBundle(args[0], *trust, *state)
				if err != nil {
					return statusFailed, err
				}
				defer c.Close()
				if *asJSON {
					return statusOK, writeJSON(io.Out, c.Report)
				}
				return statusOK, writeChecked(io, &c.Report)
			}
		},
	}
}

// trustFlags define what check and run hold a bundle to.
func trustFlags(fs *flag.FlagSet) (trust, state *string) {
	trust = fs.String("trust", "", "the `file` with the keys that the device trusts, as 'mote deliver sign -trust' writes it")
	state = fs.String("state", "", "the `file` in which the device remembers what ran last; without it, an old bundle is not noticed")
	return
}

func checkBundle(dir, trustFile, stateFile string) (*bundle.Checked, error) {
	t, err := bundle.ReadTrust(trustFile)
	if err != nil {
		return nil, err
	}
	s := bundle.State{}
	if stateFile != "" {
		if s, err = bundle.ReadState(stateFile); err != nil {
			return nil, err
		}
	}
	return bundle.Check(dir, t, s, time.Now())
}

func writeChecked(io Streams, r *bundle.Report) error {
	fmt.Fprintf(io.Out, "%s version %d, signed %s, good until %s\n", r.Release.Name, r.Release.Version, r.Release.Issued.Format(time.RFC3339), r.Release.Expires.Format(time.RFC3339))
	fmt.Fprintf(io.Out, "%s built with %s, %s go build %s\n", r.Build.Package, r.Build.Go, strings.Join(r.Build.Env, " "), strings.Join(r.Build.Flags, " "))
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SIGNED BY\tKEY")
	for _, s := range r.Signers {
		algorithm := string(s.Algorithm)
		if algorithm == "" {
			algorithm = "(unknown key, ignored)"
		}
		fmt.Fprintf(w, "%s\t%s\n", algorithm, s.Key)
	}
	fmt.Fprintln(w, "FILE\tSHA-256")
	for _, s := range r.Subject {
		fmt.Fprintf(w, "%s\t%s\n", s.Name, s.Digest.SHA256)
	}
	return w.Flush()
}
