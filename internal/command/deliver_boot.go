package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	gate "mote/deliver/boot"
	"mote/deliver/boot/console"
)

func deliverBootCommand() command {
	return command{
		name:     "boot",
		synopsis: "[flags] program",
		short:    "Boot an ARM64 Linux kernel in QEMU, start a program as the device would, and send it the profile's requests",
		setup: func(fs *flag.FlagSet) runner {
			var b bootFlags
			b.define(fs)
			mode := fs.String("mode", console.ModeBoot, "the `mode`: boot, or sandbox to send the requests that must be refused too")
			fs.StringVar(&b.forward, "forward", "", "leave the service running and forward TCP `ports` host:guest to it until interrupted")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				if err := oneOf("mode", *mode, console.ModeBoot, console.ModeSandbox); err != nil {
					return 0, err
				}
				b.json = *asJSON
				report, err := b.boot(ctx, io, *mode, args)
				if b.forward != "" && errors.Is(err, context.Canceled) {
					return statusInterrupted, nil
				}
				if err != nil {
					return statusFailed, err
				}
				return writeBootReport(io, report, *asJSON)
			}
		},
	}
}

// bootFlags are the flags of all commands that boot the guest.
type bootFlags struct {
	profile profileLoader
	kernel  string
	timeout time.Duration
	verbose bool
	forward string
	json    bool
}

func (b *bootFlags) define(fs *flag.FlagSet) {
	b.profile = profileFlag(fs)
	b.defineBoot(fs)
}

// defineBoot defines those that are not about what is booted.
func (b *bootFlags) defineBoot(fs *flag.FlagSet) {
	fs.StringVar(&b.kernel, "kernel", "", "boot this `file` instead of Debian's cloud kernel, which is fetched once")
	fs.DurationVar(&b.timeout, "timeout", gate.DefaultTimeout, "give up after this `time`")
	fs.BoolVar(&b.verbose, "v", false, "show what the kernel and the service print")
}

// boot boots with the program that args name.
func (b *bootFlags) boot(ctx context.Context, io Streams, mode string, args []string) (*gate.Report, error) {
	if len(args) != 1 {
		return nil, usagef("want one program, have %d arguments", len(args))
	}
	if err := checkForward(b.forward); err != nil {
		return nil, err
	}
	profile, err := b.profile()
	if err != nil {
		return nil, err
	}
	cfg := gate.Config{Profile: profile, Program: args[0], Mode: mode, Forward: b.forward, Timeout: b.timeout}
	return b.run(ctx, io, cfg)
}

// run fills in what every boot needs and boots.
func (b *bootFlags) run(ctx context.Context, io Streams, cfg gate.Config) (*gate.Report, error) {
	progress := newProgress(io.Err)
	defer progress.clear()
	store, err := openCache()
	if err != nil {
		return nil, err
	}
	progress.stage("kernel")
	if b.kernel != "" {
		cfg.Kernel, err = gate.OwnKernel(b.kernel)
	} else {
		cfg.Kernel, err = gate.FetchKernel(ctx, gate.KernelDir(store.Dir()))
	}
	if err != nil {
		return nil, err
	}
	progress.stage("guest")
	if cfg.Guest, err = gate.BuildGuest(ctx, store); err != nil {
		return nil, err
	}
	cfg.Stage = progress.stage
	cfg.Ready = func(r *gate.Report) {
		progress.clear()
		host, _, _ := strings.Cut(cfg.Forward, ":")
		fmt.Fprintf(io.Err, "the service is reached at 127.0.0.1:%s; interrupt to end\n", host)
	}
	if b.verbose {
		cfg.Log = func(line string) {
			progress.clear()
			fmt.Fprintln(io.Err, line)
		}
	}
	return gate.Run(ctx, cfg)
}

// checkForward wants nothing or two ports.
func checkForward(ports string) error {
	if ports == "" {
		return nil
	}
	host, guest, ok := strings.Cut(ports, ":")
	for _, port := range []string{host, guest} {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || !ok {
			return usagef("invalid value %q for flag -forward: want two ports such as 8080:80", ports)
		}
	}
	return nil
}

// writeBootReport prints the report and chooses the status.
func writeBootReport(io Streams, r *gate.Report, asJSON bool) (int, error) {
	status := statusOK
	if !r.OK {
		status = statusFailed
	}
	if asJSON {
		return status, writeJSON(io.Out, r)
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	if r.Guest != nil {
		fmt.Fprintf(w, "kernel\t%s, %d KB pages, Landlock ABI %d, /init after %d ms\n", r.Guest.Release, r.Guest.PageSize>>10, r.Guest.Landlock, r.Times["init"])
	}
	for _, c := range r.Checks {
		fmt.Fprintf(w, "%s\t%s: %s\n", verdict(c.OK), c.Name, c.Text)
	}
	for _, x := range r.Requests {
		fmt.Fprintf(w, "%s\t%s %s: %d, %d times, %d µs each%s\n", verdict(x.OK), x.Method, x.URL, x.Status, x.Count, x.MicroS, refusedNote(x))
	}
	if err := w.Flush(); err != nil {
		return statusFailed, err
	}
	if !r.OK {
		for _, line := range append(r.Output, r.Console...) {
			fmt.Fprintln(io.Err, "\t"+line)
		}
		return status, fmt.Errorf("the program does not pass the boot gate: %s", strings.Join(r.Failures(), "; "))
	}
	fmt.Fprintf(io.Out, "passed in %d ms\n", r.Times["all"])
	return status, nil
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}

// refusedNote shows the answer to a request which tried what is forbidden.
func refusedNote(x gate.Exchange) string {
	switch {
	case x.Error != "":
		return ": " + x.Error
	case x.Forbidden:
		return ": " + strings.TrimSpace(x.Body)
	}
	return ""
}
