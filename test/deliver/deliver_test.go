// Package deliver takes the example for Linux devices through the whole chain of `mote deliver`, as `make deliver` does.
package deliver

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mote/internal/need"
)

// TestChain runs the example's script: plan, build, verify, boot, profile, sign, check, and the bundle in the guest. The second build is left to
// deliver/build's tests. Then it changes one byte of the bundle.
func TestChain(t *testing.T) {
	mote := need.Mote(t, "qemu-system-aarch64", "dpkg-deb", "apt-get")
	dir := t.TempDir()
	out, err := exec.Command("../../examples/gateway-agent/deliver.sh", mote, dir, "-once").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "\ndelivered in ") {
		t.Fatalf("%v\n%s", err, out)
	}
	trust, bundle := filepath.Join(dir, "trust.toml"), filepath.Join(dir, "bundle")
	record(t, filepath.Join(dir, "agent.build.json"))

	program := filepath.Join(bundle, "agent")
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"run", "-boot"}} {
		args = append(append([]string{"deliver"}, args...), "-trust", trust, bundle)
		out, err := exec.Command(mote, args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "agent") {
			t.Errorf("%v of a changed bundle: %v\n%s", args, err, out)
		}
	}
}

// record checks what was written beside the program.
func record(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Package string
		Env     []string
	}
	if err := json.Unmarshal(text, &r); err != nil || r.Package != "mote/examples/gateway-agent" || len(r.Env) == 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
