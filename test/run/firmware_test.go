package run

import (
	"os/exec"
	"testing"

	"mote/internal/need"
)

// TestFirmwarePackages runs the tests of the packages for firmware, which are those that `go test` runs on the host, on a device.
func TestFirmwarePackages(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	mote := need.Mote(t, "clang-19", "ld.lld-19", "qemu-system-arm", "qemu-system-riscv32")
	for _, board := range []string{"mps2-an385", "mps2-an505", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			cmd := exec.Command(mote, "test", "-target="+board, "./mem", "./rtos")
			cmd.Dir = "../.."
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
