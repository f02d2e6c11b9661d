package need

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// Mote builds the mote command for a test that runs it as users do, and returns its path. The programs are those that the command will
// start; with -short the test is skipped, since it builds and boots images.
func Mote(t testing.TB, programs ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	Tools(t, programs...)
	mote := filepath.Join(t.TempDir(), "mote")
	if out, err := exec.Command("go", "build", "-o", mote, "mote/cmd/mote").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return mote
}
