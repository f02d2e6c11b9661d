// Package launch starts a bundle on the device that it is for: it checks the bundle, looks at the device and at itself, takes away what the profile
// does not allow, and becomes the program. Anything that is wrong on the way is a *Refusal with a code, and nothing is started.
//
// What is started is what was checked: the program is executed by the file descriptor that its digest was read from. Between the digest and the first
// instruction, only who can write to that very file could change it; a read-only or verified file system rules that out.
//
// The order is check, preflight, sandbox, exec. Preflight comes before the sandbox because it looks at more than a service may; a program that uses
// package selfcheck looks again from within. Start reading at Run.
package launch

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/deliver/policy"
	"mote/deliver/selfcheck"
)

// Options are what the device starts with. The files must be where only the device's own software can write, and Trust where nobody can.
type Options struct {
	Bundle string    // folder
	Trust  string    // file, see bundle.Trust
	State  string    // file, see bundle.State; empty: an old bundle is not noticed
	Now    time.Time // zero: the clock
}

// Code says at which step a bundle was refused. Those of package bundle come as they are.
type Code string

// Codes beside those of package bundle.
const (
	CodeConfig    Code = "config"    // trust or state cannot be read or written
	CodeDevice    Code = "device"    // the bundle is for another kind of device
	CodePreflight Code = "preflight" // the self-check failed
	CodeSandbox   Code = "sandbox"   // the kernel cannot restrict the program as the profile says
	CodeExec      Code = "exec"      // the program does not start
)

// Refusal is why nothing was started.
type Refusal struct {
	Code Code   `json:"code"`
	Text string `json:"text"`
}

func (r *Refusal) Error() string { return fmt.Sprintf("refused: %s [%s]", r.Text, r.Code) }

// refuse gives err a code; a refusal of package bundle keeps its own.
func refuse(code Code, err error) error {
	if err == nil {
		return nil
	}
	var r *bundle.Refusal
	if errors.As(err, &r) {
		return &Refusal{Code(r.Code), r.File + ": " + r.Text}
	}
	return &Refusal{code, err.Error()}
}

// Checked is a bundle that may run here.
type Checked struct {
	*bundle.Checked
	Device *device.Profile
	state  bundle.State
}

// Check does all that Run does before it changes anything: bundle, device, and preflight.
func Check(o Options) (*Checked, error) {
	trust, err := bundle.ReadTrust(o.Trust)
	if err != nil {
		return nil, refuse(CodeConfig, err)
	}
	state := bundle.State{}
	if o.State != "" {
		if state, err = bundle.ReadState(o.State); err != nil {
			return nil, refuse(CodeConfig, err)
		}
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	b, err := bundle.Check(o.Bundle, trust, state, o.Now)
	if err != nil {
		return nil, refuse(CodeConfig, err)
	}
	c := &Checked{Checked: b, state: state}
	if c.Device, err = device.Parse(b.Release.Profile, b.Profile); err == nil {
		err = fits(c.Device)
	}
	if err != nil {
		b.Close()
		return nil, refuse(CodeDevice, err)
	}
	if err := preflight(c); err != nil {
		b.Close()
		return nil, refuse(CodePreflight, err)
	}
	return c, nil
}

// fits holds the device to the profile.
func fits(p *device.Profile) error {
	if p.OS != runtime.GOOS || p.Arch != runtime.GOARCH {
		return fmt.Errorf("the bundle is for %s/%s, this is %s/%s", p.OS, p.Arch, runtime.GOOS, runtime.GOARCH)
	}
	if size := uint64(os.Getpagesize()); !slices.Contains(p.PageSizes, size) {
		return fmt.Errorf("the kernel has pages of %d bytes, the bundle is for %d", size, p.PageSizes)
	}
	release, err := kernelRelease()
	if err != nil {
		return err
	}
	if !p.Kernel.Contains(release) {
		return fmt.Errorf("the kernel is %s, the bundle is for %s", release, p.Kernel)
	}
	return nil
}

// preflight looks at the launcher itself and its surroundings. Nothing was restricted yet, so a finding is none of the sandbox's.
func preflight(c *Checked) error {
	o := selfcheck.Options{NotBefore: c.Release.Issued, Memory: -1}
	if c.Device.RootFS.ReadOnly {
		o.ReadOnly = []string{"/"}
	}
	return selfcheck.Run(o).Err()
}

// policyWith is the profile's policy and what starting the program takes: that it may be executed, and execveat for the one descriptor.
func policyWith(p *device.Profile, program string, descriptor int) *policy.Policy {
	all := &policy.Policy{Seccomp: p.Seccomp, Landlock: p.Landlock}
	all.Landlock.Exec = append(slices.Clone(p.Landlock.Exec), program)
	if slices.Contains(p.Seccomp.Allow, "execveat") {
		return all
	}
	const whole = 0xffff_ffff // both arguments are ints
	all.Seccomp.Rules = append(slices.DeleteFunc(slices.Clone(p.Seccomp.Rules), func(r policy.Rule) bool { return r.Call == "execveat" }),
		policy.Rule{Call: "execveat", Arg: 0, Mask: whole, Values: []uint64{uint64(descriptor)}},
		policy.Rule{Call: "execveat", Arg: 4, Mask: whole, Values: []uint64{emptyPath}})
	return all
}

// emptyPath is AT_EMPTY_PATH: execute the descriptor itself.
const emptyPath = 0x1000

// argv is the command line of the service.
func argv(p *device.Profile) []string { return append([]string{p.Service.Path}, p.Service.Args...) }

// Describe tells of a bundle in one line, for logs.
func (c *Checked) Describe() string {
	var keys []string
	for _, s := range c.Signers {
		if s.Algorithm != "" { // an unknown key, which the device was told to ignore, has any text for an id
			keys = append(keys, string(s.Algorithm)+" "+s.Key[:12])
		}
	}
	return fmt.Sprintf("%s version %d, signed by %s, good until %s", c.Release.Name, c.Release.Version, strings.Join(keys, " and "), c.Release.Expires.Format(time.RFC3339))
}
