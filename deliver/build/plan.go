// Package build plans and makes programs for a Linux device: which settings of the go command the profile asks for and why, the same program
// twice to see that it is reproducible, and which of the ports of Go could be built at all.
//
// The go command does the work. This package chooses and records its flags, because the build information in a program leaves -ldflags out under -trimpath.
// Start reading at New and Plan.Build; Matrix is the table of ports.
package build

import (
	"go/token"
	"slices"
	"strings"

	"mote/deliver/device"
	"mote/internal/diag"
)

// Options are what a user may choose.
type Options struct {
	Package string // import path or folder; empty: "."
	Dir     string // where the go command runs; empty: here
	Level   string // instruction level; empty: the profile's
	Mode    string // -buildmode; empty: exe
	Symbols bool   // keep symbol table and debug information
	Tags    string
	Vars    []string // package/path.name=value for -ldflags=-X
	Cache   string   // folder of the build cache for second builds; empty: a new one each time
}

// Plan is a build that is decided.
type Plan struct {
	Package string   `json:"package"`
	Profile string   `json:"profile"`
	Env     []string `json:"env"`  // KEY=value
	Args    []string `json:"args"` // of the go command, without -o and the package
	Reasons []Reason `json:"reasons"`
	dir     string
	cache   string
}

// Reason is why a setting is what it is.
type Reason struct {
	Setting string `json:"setting"`
	Why     string `json:"why"`
}

// New plans a build, or says what the device cannot take and why.
func New(p *device.Profile, o Options) (*Plan, error) {
	if err := refuse(p, o); err != nil {
		return nil, err
	}
	plan := &Plan{Package: o.Package, Profile: p.Name, dir: o.Dir, cache: o.Cache}
	if plan.Package == "" {
		plan.Package = "."
	}
	plan.target(p, o)
	plan.flags(o)
	return plan, nil
}

// refuse finds wishes that end in a program which does not run.
func refuse(p *device.Profile, o Options) error {
	levels := device.Levels(p.Arch)
	at := slices.Index(levels, o.Level)
	switch {
	case o.Mode == "pie":
		return refusal("leave -buildmode out",
			"-buildmode=pie makes a program that a loader must relocate: without cgo it names %s as its interpreter, and %s has none, so that exec fails with \"no such file or directory\"",
			interpreter(p.Arch), p.Name)
	case o.Mode != "" && o.Mode != "exe":
		return refusal("leave -buildmode out", "-buildmode=%s makes no program", o.Mode)
	case o.Level != "" && at < 0:
		return refusal("levels: "+strings.Join(levels, ", "), "%q is no level of %s", o.Level, p.Arch)
	case at > slices.Index(levels, p.CPU.Level):
		return refusal("", "%s=%s has instructions that the CPU of %s (%s) does not: the program would die of SIGILL", device.Variable(p.Arch), o.Level, p.Name, p.CPU.Level)
	case o.Symbols && !p.Exec.Symbols:
		return refusal("set exec.symbols = true in the profile", "%s excludes programs with symbol table and debug information", p.Name)
	}
	return nil
}

func refusal(hint, format string, args ...any) error {
	return diag.Errorf(token.Position{}, hint, format, args...)
}

// interpreter is what the Go linker names for position-independent programs on Linux (cmd/link/internal/*/obj.go).
func interpreter(arch string) string {
	names := map[string]string{"arm64": "/lib/ld-linux-aarch64.so.1", "amd64": "/lib64/ld-linux-x86-64.so.2", "386": "/lib/ld-linux.so.2", "arm": "/lib/ld-linux.so.3",
		"riscv64": "/lib/ld.so.1", "s390x": "/lib64/ld64.so.1", "ppc64le": "/lib64/ld64.so.2"}
	if name := names[arch]; name != "" {
		return name
	}
	return "a dynamic loader"
}

// target decides for which machine.
func (plan *Plan) target(p *device.Profile, o Options) {
	plan.set("GOOS="+p.OS, "the device's system")
	plan.set("GOARCH="+p.Arch, "the device's architecture")
	plan.set("CGO_ENABLED=0", "the device has no C library: resolver and user database are those written in Go")
	if variable := device.Variable(p.Arch); variable != "" {
		level, why := p.CPU.Level, "what the CPU has ("+strings.TrimSpace(p.CPU.Model+" "+p.CPU.Level)+"); code for a higher level dies of SIGILL"
		if o.Level != "" {
			level, why = o.Level, "asked for; the CPU has "+p.CPU.Level
		}
		plan.set(variable+"="+level, why)
	}
	plan.set("GOFLAGS=", "flags from the environment would be in no record")
}

// flags decides how.
func (plan *Plan) flags(o Options) {
	plan.flag("-trimpath", "no paths of this machine in the program: the same bytes from every folder")
	plan.flag("-buildvcs=false", "the same bytes from a clone and from a copy without history; the record names the commit")
	ld := []string{"-buildid="}
	why := "an empty build id, which would otherwise depend on the cache's contents"
	if !o.Symbols {
		ld = append([]string{"-s", "-w"}, ld...)
		why = "neither symbol table nor debug information, which the device does not read; traces of panics need none; " + why
	}
	for _, v := range o.Vars {
		ld = append(ld, quote("-X="+v))
	}
	plan.flag("-ldflags="+strings.Join(ld, " "), why)
	if o.Tags != "" {
		plan.flag("-tags="+o.Tags, "asked for")
	}
}

func (plan *Plan) set(env, why string) {
	plan.Env = append(plan.Env, env)
	plan.Reasons = append(plan.Reasons, Reason{env, why})
}

func (plan *Plan) flag(arg, why string) {
	plan.Args = append(plan.Args, arg)
	plan.Reasons = append(plan.Reasons, Reason{arg, why})
}

// quote makes one word of s for -ldflags, which splits at spaces outside quotes that stand at a word's begin.
func quote(s string) string {
	switch {
	case !strings.ContainsAny(s, " \t\n\"'"):
		return s
	case strings.Contains(s, "'"):
		return `"` + s + `"`
	}
	return "'" + s + "'"
}
