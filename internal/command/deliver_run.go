package command

import (
	"context"
	"flag"
	"fmt"
	"path"
	"path/filepath"

	gate "mote/deliver/boot"
	"mote/deliver/boot/console"
	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/deliver/launch"
)

func deliverRunCommand() command {
	return command{
		name:     "run",
		synopsis: "[flags] bundle",
		short:    "Check a bundle and become its program, sandboxed; or, with -boot, have that done by a booted guest",
		setup: func(fs *flag.FlagSet) runner {
			trust, state := trustFlags(fs)
			boot := fs.Bool("boot", false, "boot an ARM64 kernel in QEMU, have mote-run start the bundle there, and send the profile's requests, those that must be refused among them")
			var b bootFlags
			b.defineBoot(fs)
			fs.StringVar(&b.forward, "forward", "", "with -boot: leave the service running and forward TCP `ports` host:guest to it until interrupted")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				if len(args) != 1 || *trust == "" {
					return 0, usagef("want one bundle, and the keys that the device trusts (-trust)")
				}
				b.json = *asJSON
				if *boot {
					return b.runBundle(ctx, io, args[0], *trust, *state)
				}
				o := launch.Options{Bundle: args[0], Trust: *trust, State: *state}
				return statusFailed, launch.Run(o, func(line string) { fmt.Fprintln(io.Err, "mote:", line) })
			}
		},
	}
}

// Places in the guest.
const (
	guestLauncher = "/sbin/mote-run"
	guestTrust    = "/etc/mote/trust.toml"
	guestState    = "/data/mote-state.json"
)

// runBundle boots the guest with the bundle, the keys and mote-run in it, and has the bundle started as a device would.
func (b *bootFlags) runBundle(ctx context.Context, io Streams, dir, trust, state string) (int, error) {
	if err := checkForward(b.forward); err != nil {
		return statusFailed, err
	}
	c, err := checkBundle(dir, trust, state)
	if err != nil {
		return statusFailed, err
	}
	defer c.Close()
	profile, err := device.Parse(filepath.Join(dir, c.Release.Profile), c.Profile)
	if err != nil {
		return statusFailed, err
	}
	store, err := openCache()
	if err != nil {
		return statusFailed, err
	}
	launcher, err := gate.BuildLauncher(ctx, store)
	if err != nil {
		return statusFailed, err
	}
	home := path.Dir(profile.Service.Path)
	cfg := gate.Config{
		Profile: profile, Program: filepath.Join(dir, c.Release.Program), Mode: console.ModeSandbox, Forward: b.forward, Timeout: b.timeout,
		Files:   bundleFiles(dir, home, &c.Report),
		Command: []string{guestLauncher, "-trust", guestTrust, "-state", guestState, home},
	}
	cfg.Files = append(cfg.Files, gate.File{Path: guestLauncher, Source: launcher, Mode: 0o755}, gate.File{Path: guestTrust, Source: trust, Mode: 0o644})
	report, err := b.run(ctx, io, cfg)
	if err != nil {
		return statusFailed, err
	}
	return writeBootReport(io, report, b.json)
}

// bundleFiles are all files of a bundle but the program, which every boot has, in the folder of the program.
func bundleFiles(dir, home string, r *bundle.Report) []gate.File {
	files := []gate.File{{Path: path.Join(home, bundle.EnvelopeFile), Source: filepath.Join(dir, bundle.EnvelopeFile), Mode: 0o644}}
	for _, s := range r.Subject {
		if s.Name != r.Release.Program {
			files = append(files, gate.File{Path: path.Join(home, s.Name), Source: filepath.Join(dir, s.Name), Mode: 0o644})
		}
	}
	return files
}
