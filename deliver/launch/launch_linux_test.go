package launch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/deliver/policy"
	"mote/deliver/sandbox"
)

// workshop is a folder with mote-run, a bundle of the service of testdata, and what a device needs to accept it.
type workshop struct {
	dir, run, bundle, trust string
	profile                 *device.Profile
	key                     *bundle.PrivateKey
}

func newWorkshop(t *testing.T) *workshop {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs")
	}
	p, err := device.Load("generic-" + runtime.GOARCH)
	if err != nil {
		t.Skip(err)
	}
	w := &workshop{dir: t.TempDir(), profile: p}
	w.run, w.bundle, w.trust = filepath.Join(w.dir, "mote-run"), filepath.Join(w.dir, "bundle"), filepath.Join(w.dir, "trust.toml")
	build(t, w.run, "mote/cmd/mote-run")
	build(t, filepath.Join(w.dir, "service"), "./testdata/service")
	p.RootFS.ReadOnly = false // this machine's is not
	p.Landlock.MinABI = 0
	p.Landlock.Bind = []uint16{0}
	p.Service.Path, p.Service.UID, p.Service.GID = "/app/service", uint32(os.Getuid()), uint32(os.Getgid())
	p.Service.Args, p.Service.Env = []string{"one", "two words"}, []string{"WHERE=here"}
	if w.key, err = bundle.NewKey(bundle.Ed25519); err != nil {
		t.Fatal(err)
	}
	w.sign(t, 1)
	if err := bundle.WriteTrust(w.trust, &bundle.Trust{Name: "service", Threshold: 1, Keys: []*bundle.PublicKey{w.key.Public}}); err != nil {
		t.Fatal(err)
	}
	return w
}

// build builds a program as those for devices are.
func build(t *testing.T, out, pkg string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-o", out, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

// sign makes the bundle anew, with the profile as it is.
func (w *workshop) sign(t *testing.T, version uint64) {
	t.Helper()
	var text bytes.Buffer
	if err := w.profile.Encode(&text); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(w.bundle)
	in := &bundle.Input{
		Program: filepath.Join(w.dir, "service"), As: "service", Profile: text.Bytes(), Name: "service", Version: version,
		Now: time.Now(), Expires: time.Now().Add(time.Hour),
	}
	if err := bundle.Sign(w.bundle, in, w.key); err != nil {
		t.Fatal(err)
	}
}

// start starts the bundle and returns the address that its service prints.
func (w *workshop) start(t *testing.T, args ...string) (url string) {
	t.Helper()
	cmd := exec.Command(w.run, append([]string{"-trust", w.trust}, append(args, w.bundle)...)...)
	cmd.Env = []string{"PATH=/bin"}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line := make([]byte, 64)
	n, err := out.Read(line)
	if err != nil {
		cmd.Wait()
		t.Fatalf("the service did not start: %s", &stderr)
	}
	return "http://" + strings.TrimSpace(string(line[:n]))
}

// refused runs mote-run, which must not start anything, and returns what it says.
func (w *workshop) refused(t *testing.T, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(w.run, append([]string{"-trust", w.trust}, append(args, w.bundle)...)...)
	cmd.Env = append([]string{"PATH=/bin"}, env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("%v: %s", err, out)
	}
	return string(out)
}

// answer is what the service says of itself.
type answer struct {
	UID, GID  int
	Args, Env []string
	Status    sandbox.Status
	Errors    map[string]string
}

// ask gets the service's answer.
func ask(t *testing.T, url string) answer {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return a
}

func TestRun(t *testing.T) {
	w := newWorkshop(t)
	state := filepath.Join(w.dir, "state.json")
	a := ask(t, w.start(t, "-state", state))
	if want := []string{"/app/service", "one", "two words"}; !slices.Equal(a.Args, want) {
		t.Errorf("arguments %q, want %q", a.Args, want)
	}
	if want := []string{"WHERE=here"}; !slices.Equal(a.Env, want) {
		t.Errorf("environment %q, want %q", a.Env, want)
	}
	outer, err := sandbox.Current() // a container has a filter of its own
	if err != nil || !a.Status.NoNewPrivs || a.Status.Filters != outer.Filters+1 {
		t.Errorf("status %+v, outside %+v, %v", a.Status, outer, err)
	}
	for _, what := range []string{"netlink", "execve", "execveat of an open file", "unshare"} {
		if a.Errors[what] != "operation not permitted" {
			t.Errorf("%s: %q", what, a.Errors[what])
		}
	}
	// The descriptor that the filter lets through cannot be had again.
	if got := a.Errors["execveat of the descriptor"]; got != "bad file descriptor" {
		t.Errorf("execveat of the descriptor that it was started from: %q", got)
	}
	if got := a.Errors["dup to the descriptor"]; got != "bad file descriptor" {
		t.Errorf("dup to the descriptor that it was started from: %q", got)
	}
	if s, err := bundle.ReadState(state); err != nil || s["service"].Version != 1 {
		t.Errorf("state %+v, %v", s, err)
	}
}

// TestIdentity: root becomes the service's user, who could not reach the bundle himself.
func TestIdentity(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become somebody else")
	}
	w := newWorkshop(t)
	w.profile.Service.UID, w.profile.Service.GID = 65534, 65533
	w.sign(t, 1)
	if err := os.Chmod(w.bundle, 0o700); err != nil {
		t.Fatal(err)
	}
	a := ask(t, w.start(t))
	if a.UID != 65534 || a.GID != 65533 || a.Errors["execve"] != "operation not permitted" {
		t.Errorf("%+v", a)
	}
}

// TestRefusals: each reason has its code, and nothing is started.
func TestRefusals(t *testing.T) {
	w := newWorkshop(t)
	state := filepath.Join(w.dir, "state.json")
	w.sign(t, 2)
	w.start(t, "-state", state)
	for _, tt := range []struct {
		name   string
		change func()
		env    []string
		want   string
	}{
		{"rollback", func() {}, nil, "[rollback]"},
		{"preflight", func() { w.sign(t, 3) }, []string{"LD_PRELOAD=/tmp/evil.so"}, "[preflight]"},
		{"another kernel", func() { w.profile.Kernel.Min = "99.1"; w.sign(t, 3) }, nil, "[device]"},
		{"another architecture", func() { w.profile, _ = device.Load("generic-s390x"); w.sign(t, 3) }, nil, "[device]"},
		{"a tampered program", func() { w.sign(t, 3); flip(t, filepath.Join(w.bundle, "service")) }, nil, "service: SHA-256 is"},
		{"a tampered profile", func() { w.sign(t, 3); flip(t, filepath.Join(w.bundle, bundle.ProfileFile)) }, nil, "[digest]"},
		{"damaged keys", func() { flip(t, w.trust) }, nil, "[config]"},
	} {
		keep := *w.profile
		w.sign(t, 1)
		tt.change()
		if got := w.refused(t, tt.env, "-state", state); !strings.Contains(got, tt.want) {
			t.Errorf("%s: want %s in %s", tt.name, tt.want, got)
		}
		w.profile = &keep
		if s, err := bundle.ReadState(state); err != nil || s["service"].Version != 2 {
			t.Errorf("%s: the device remembers %+v, %v", tt.name, s, err)
		}
	}
}

// TestUnenforceable: a kernel that cannot do what the profile asks for is refused.
func TestUnenforceable(t *testing.T) {
	w := newWorkshop(t)
	w.profile.Landlock.MinABI = 32
	w.sign(t, 1)
	if got := w.refused(t, nil); !strings.Contains(got, "[sandbox]") {
		t.Errorf("got %s", got)
	}
}

func flip(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(name, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestPolicyWith: what starting takes is added, and a rule about execveat that the profile may have does not stay beside it.
func TestPolicyWith(t *testing.T) {
	p := &device.Profile{}
	p.Seccomp.Rules = []policy.Rule{{Call: "execveat", Arg: 4, Values: []uint64{0}}, {Call: "socket", Values: []uint64{2}}}
	got := policyWith(p, "/app/x", 1024)
	var calls []string
	for _, r := range got.Seccomp.Rules {
		calls = append(calls, fmt.Sprintf("%s %d %v", r.Call, r.Arg, r.Values))
	}
	if want := []string{"socket 0 [2]", "execveat 0 [1024]", "execveat 4 [4096]"}; !slices.Equal(calls, want) {
		t.Errorf("got %q, want %q", calls, want)
	}
	if !slices.Equal(got.Landlock.Exec, []string{"/app/x"}) || len(p.Seccomp.Rules) != 2 || p.Landlock.Exec != nil {
		t.Errorf("got %+v of %+v", got, p)
	}
}
