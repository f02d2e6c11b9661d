// Package boot is the boot gate: it boots a real Linux kernel for ARM64 in qemu-system-aarch64, with a root file system made from the device's profile,
// starts the program there as the device would, and reports what a program on the inside (deliver/boot/guest) saw and sent.
//
// It is not qemu-user, which runs a program on the host's kernel: what the loader does with a dynamic program, what seccomp and Landlock refuse and
// what madvise gives back are then the host's answers. It does not touch the host either: no root, no network but a port that is asked for. Start
// reading at Run; FetchKernel gets the kernel.
package boot

import (
	"context"
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"time"

	"mote/deliver/boot/console"
	"mote/deliver/device"
	"mote/internal/diag"
)

// Config is one boot.
type Config struct {
	Profile *device.Profile
	Program string   // file on the host that the guest finds as Profile.Service.Path
	Files   []File   // further files of the guest's root
	Command []string // program and arguments as the guest sees them; nil: Profile.Service's
	Mode    string   // console.ModeBoot and so on; empty: boot
	Kernel  *Kernel
	Guest   string        // the /init program: what BuildGuest returns
	Forward string        // "HOST:GUEST", TCP ports: the guest gets a network card, and Run lets the service run until ctx ends
	Timeout time.Duration // for all but that; 0: DefaultTimeout
	Log     func(line string)
	Stage   func(name string)
	Ready   func(*Report) // called when the service is up and Forward is set
}

// File is a file of the host that the guest has too.
type File struct {
	Path   string // in the guest: absolute
	Source string // on the host
	Mode   uint32 // permission bits
}

// DefaultTimeout is how long a boot may take. It takes two seconds on an idle machine, and up to thirty where two of them are emulated on one busy core.
const DefaultTimeout = 3 * time.Minute

// Report is what came of a boot. OK says that the program passed the gate: every check and request was as expected and it ended as it should.
type Report struct {
	OK        bool              `json:"ok"`
	Error     string            `json:"error,omitempty"` // why the guest gave up, if it did
	Mode      string            `json:"mode"`
	Profile   string            `json:"profile"`
	Booted    Kernel            `json:"kernel"`
	Guest     *console.Kernel   `json:"guest,omitempty"`
	Checks    []Check           `json:"checks"`
	Requests  []Exchange        `json:"requests"`
	Output    []string          `json:"output"` // lines of the service
	Recording json.RawMessage   `json:"recording,omitempty"`
	Console   []string          `json:"console,omitempty"` // the last other lines, of a boot that failed
	Times     map[string]Millis `json:"times_ms"`          // "init": until /init ran, "all"
}

// Millis is a time in milliseconds.
type Millis int64

// Check is one property that the guest looked at.
type Check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// Exchange is a request and whether its answer was the expected one.
type Exchange struct {
	console.Request
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
}

// Failures are the names of what was not as expected, with the reason.
func (r *Report) Failures() []string {
	var out []string
	if r.Error != "" {
		out = append(out, r.Error)
	}
	for _, c := range r.Checks {
		if !c.OK {
			out = append(out, c.Name+": "+c.Text)
		}
	}
	for _, x := range r.Requests {
		if !x.OK {
			out = append(out, fmt.Sprintf("%s %s: %s", x.Method, x.URL, x.Error))
		}
	}
	return out
}

// Run boots the guest and returns its report. The error says that there could be no report: a wrong Config, no emulator, a kernel that does not
// get as far as /init. A program that fails the gate is no error but a Report that is not OK. Run blocks until the guest is off; ending ctx ends it.
func Run(ctx context.Context, c Config) (*Report, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mote-boot-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	c.Stage("initramfs")
	initramfs, err := writeInitramfs(dir, c)
	if err != nil {
		return nil, err
	}
	c.Stage("boot")
	return c.emulate(ctx, initramfs)
}

// complete fills in what is empty and refuses what cannot work.
func (c Config) complete() (Config, error) {
	if c.Profile.OS != "linux" || c.Profile.Arch != "arm64" {
		return c, diag.Errorf(token.Position{}, "", "profile %s is for %s/%s: the boot gate boots linux/arm64", c.Profile.Name, c.Profile.OS, c.Profile.Arch)
	}
	if c.Mode == "" {
		c.Mode = console.ModeBoot
	}
	if c.Command == nil {
		c.Command = append([]string{c.Profile.Service.Path}, c.Profile.Service.Args...)
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Log == nil {
		c.Log = func(string) {}
	}
	if c.Stage == nil {
		c.Stage = func(string) {}
	}
	if c.Ready == nil {
		c.Ready = func(*Report) {}
	}
	return c, nil
}

// orders are what the guest is told.
func (c Config) orders(modules []string) console.Orders {
	return console.Orders{
		Mode: c.Mode, Profile: c.Profile, Command: c.Command, Network: c.Forward != "", Serve: c.Forward != "", Modules: modules, Unix: time.Now().Unix(),
	}
}
