// Package deliver takes the example for Linux devices through the whole chain of `mote deliver`, as `make deliver` does.
package deliver

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/internal/need"
)

// TestChain runs the example's script: plan, build, verify, boot, profile, sign, check, and the bundle in the guest. The second build is left to
// deliver/build's tests. Then it looks at what the steps have left, and changes one byte of the bundle.
func TestChain(t *testing.T) {
	c := &chain{t, need.Mote(t, "qemu-system-aarch64", "dpkg-deb", "apt-get"), t.TempDir()}
	out, err := exec.Command("../../examples/gateway-agent/deliver.sh", c.mote, c.dir, "-once").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "\ndelivered in ") {
		t.Fatalf("%v\n%s", err, out)
	}
	c.checkRun(string(out))
	c.checkRecord()
	c.checkProfile()
	c.checkBundle()
	c.checkTampered()
	c.checkRefused()
}

// chain is the folder in which the steps have left their results, and the mote that made them.
type chain struct {
	t         *testing.T
	mote, dir string
}

// deliver runs a command of mote deliver on the bundle.
func (c *chain) deliver(args ...string) ([]byte, error) {
	args = append(append([]string{"deliver"}, args...), "-trust", filepath.Join(c.dir, "trust.toml"), filepath.Join(c.dir, "bundle"))
	return exec.Command(c.mote, args...).CombinedOutput()
}

// checkRun: in the guest, mote-run started the bundle, and the service answered before and after it was refused what is forbidden.
func (c *chain) checkRun(out string) {
	c.t.Helper()
	_, run, _ := strings.Cut(out, " mote deliver run ")
	for _, pattern := range []string{
		`ok +filter on all threads: [1-9]`, `ok +refused calls are in the audit log: [1-9]`, `ok +program: /device/app/agent`, `passed in`,
		`"exec":"operation not permitted"`, `"netlink socket":"operation not permitted"`, `(?s)debug/forbidden: 200.*/health: 200.*/metrics: 200`,
	} {
		if !regexp.MustCompile(pattern).MatchString(run) {
			c.t.Errorf("no %s in\n%s", pattern, run)
		}
	}
}

// checkRecord: what was written beside the program tells how it was built.
func (c *chain) checkRecord() {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, "agent.build.json"))
	if err != nil {
		c.t.Fatal(err)
	}
	var r struct {
		Package string
		Env     []string
	}
	if err := json.Unmarshal(text, &r); err != nil || r.Package != "mote/examples/gateway-agent" || len(r.Env) == 0 {
		c.t.Errorf("%+v, %v", r, err)
	}
}

// checkProfile: the policy that was recorded has what the agent does and not what it does not.
func (c *chain) checkProfile() {
	c.t.Helper()
	p, err := device.Load(filepath.Join(c.dir, "device.toml"))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, call := range []string{"accept4", "fsync", "renameat", "unlinkat"} {
		if !slices.Contains(p.Seccomp.Allow, call) {
			c.t.Errorf("%s is not allowed", call)
		}
	}
	for _, call := range []string{"execve", "socket", "mmap", "ptrace", "mount", "unshare", "clone"} {
		if slices.Contains(p.Seccomp.Allow, call) {
			c.t.Errorf("%s is allowed whatever its arguments", call)
		}
	}
	if want := []string{"/data"}; !slices.Equal(p.Landlock.Write, want) || !slices.Contains(p.Landlock.Bind, 8080) {
		c.t.Errorf("landlock: %+v", p.Landlock)
	}
	c.t.Logf("%d calls, %d rules, reads %q", len(p.Seccomp.Allow), len(p.Seccomp.Rules), p.Landlock.Read)
}

// checkBundle: the bundle is what was put in, and has the record of the build.
func (c *chain) checkBundle() {
	c.t.Helper()
	out, err := c.deliver("check", "-json")
	if err != nil {
		c.t.Fatalf("%v\n%s", err, out)
	}
	var r bundle.Report
	if err := json.Unmarshal(out, &r); err != nil {
		c.t.Fatal(err)
	}
	if r.Release.Name != "gateway" || r.Release.Version != 1 || len(r.Signers) != 2 || !slices.Contains(r.Build.Flags, "-trimpath") || !slices.Contains(r.Build.Env, "GOARM64=v8.0") {
		c.t.Errorf("%+v", r)
	}
}

// checkTampered: neither check nor run takes a bundle in which a byte is another one.
func (c *chain) checkTampered() {
	c.t.Helper()
	name := filepath.Join(c.dir, "bundle", "agent")
	data, err := os.ReadFile(name)
	if err != nil {
		c.t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(name, data, 0o755); err != nil {
		c.t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"run", "-boot"}, {"run"}} {
		out, err := c.deliver(args...)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(out), "agent: SHA-256 is") || !strings.Contains(string(out), "[digest]") {
			c.t.Errorf("%v of a changed bundle: %v\n%s", args, err, out)
		}
	}
}
