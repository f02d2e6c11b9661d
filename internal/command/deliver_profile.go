package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"mote/deliver/boot/console"
	"mote/deliver/device"
	"mote/deliver/policy"
	"mote/deliver/record"
)

func deliverProfileCommand() command {
	return command{
		name:     "profile",
		synopsis: "[flags] program",
		short:    "Record what a program does in the booted guest, and write a device profile that allows this and nothing else",
		setup: func(fs *flag.FlagSet) runner {
			var b bootFlags
			b.define(fs)
			out := fs.String("o", "", "write the profile to this `file`; without it, to standard output")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				b.json = *asJSON
				r, err := b.record(ctx, io, args)
				if err != nil {
					return statusFailed, err
				}
				return statusOK, r.write(io, *out, *asJSON)
			}
		},
	}
}

// recorded is what `mote deliver profile -json` writes.
type recorded struct {
	Profile   *device.Profile   `json:"profile"`
	Recording *record.Recording `json:"recording"`
}

// record boots the program in the guest, sends the workload, and makes a profile of what was recorded.
func (b *bootFlags) record(ctx context.Context, io Streams, args []string) (*recorded, error) {
	report, err := b.boot(ctx, io, console.ModeProfile, args)
	if err != nil {
		return nil, err
	}
	if !report.OK {
		return nil, errors.New("the program did not do in the guest what its profile asks for, so there is nothing to record: " + strings.Join(report.Failures(), "; "))
	}
	r := &recorded{Recording: new(record.Recording)}
	if err := json.Unmarshal(report.Recording, r.Recording); err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	if r.Profile, err = b.profile(); err != nil {
		return nil, err
	}
	p, err := r.Recording.Policy(policy.Policy{Seccomp: r.Profile.Seccomp, Landlock: r.Profile.Landlock})
	if err != nil {
		return nil, err
	}
	r.Profile.Seccomp, r.Profile.Landlock = p.Seccomp, p.Landlock
	return r, nil
}

// write writes the profile as TOML, or everything as JSON.
func (r *recorded) write(io Streams, out string, asJSON bool) error {
	var text bytes.Buffer
	if err := r.Profile.Encode(&text); err != nil {
		return err
	}
	if _, err := device.Parse(out, text.Bytes()); err != nil {
		return fmt.Errorf("the profile that was made is not valid: %w", err)
	}
	if out != "" {
		if err := os.WriteFile(out, text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return writeJSON(io.Out, r)
	case out == "":
		_, err := io.Out.Write(text.Bytes())
		return err
	}
	s, l := r.Profile.Seccomp, r.Profile.Landlock
	fmt.Fprintf(io.Out, "%s: %d system calls and %d rules; %d paths to read, %d to write, %d to execute; TCP ports to bind %v, to connect to %v\n",
		out, len(s.Allow), len(s.Rules), len(l.Read), len(l.Write), len(l.Exec), l.Bind, l.Connect)
	return nil
}
