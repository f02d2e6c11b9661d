// Package need lets tests say which programs they cannot do without.
//
// On a machine that has only Go such a test is skipped, with the program and its Debian package as the reason. Where
// MOTE_TOOLS=required is set, as `make test` does after it has installed everything, the test fails instead, so that CI never
// passes by skipping.
package need

import (
	"os"
	"os/exec"
	"testing"
)

// packages are the Debian packages of the programs that tests use.
func packages() map[string]string {
	return map[string]string{
		"clang-19":            "clang-19",
		"ld.lld-19":           "lld-19",
		"qemu-system-arm":     "qemu-system-arm",
		"qemu-system-riscv32": "qemu-system-misc",
		"qemu-system-aarch64": "qemu-system-arm",
		"openssl":             "openssl",
		"dpkg-deb":            "dpkg",
		"apt-get":             "apt",
	}
}

// Missing returns why programs cannot all be run; empty when they can.
func Missing(programs ...string) string {
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			return p + " is not installed (Debian package " + packages()[p] + ")"
		}
	}
	return ""
}

// Required reports whether a missing program is a failure.
func Required() bool { return os.Getenv("MOTE_TOOLS") == "required" }

// Tools skips the test, or fails it where they are required, unless all programs are there.
func Tools(t testing.TB, programs ...string) {
	t.Helper()
	why := Missing(programs...)
	switch {
	case why == "":
	case Required():
		t.Fatal(why)
	default:
		t.Skip(why)
	}
}
