//go:build !linux

package launch

import (
	"errors"

	"mote/deliver/device"
)

// Run fails: only Linux has what it needs.
func Run(Options, func(string)) error {
	return refuse(CodeDevice, errors.New("bundles run on Linux"))
}

func kernelRelease() (device.Release, error) { return "", errors.New("bundles run on Linux") }
