//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"mote/deliver/boot/console"
	"mote/deliver/device"
)

// mountSystem mounts what this program itself needs.
func mountSystem() error {
	for _, m := range []struct{ fs, at string }{
		{"devtmpfs", "/dev"}, {"proc", "/proc"}, {"sysfs", "/sys"}, {"securityfs", "/sys/kernel/security"},
	} {
		if err := unix.Mount(m.fs, m.at, m.fs, 0, ""); err != nil && m.fs != "securityfs" {
			return fmt.Errorf("mount %s: %w", m.at, err)
		}
	}
	return nil
}

// mountDevice makes DeviceRoot a mount of its own, with the file systems of the profile in it, read-only if the profile says so.
func (g *guest) mountDevice() error {
	if err := unix.Mount(console.DeviceRoot, console.DeviceRoot, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("bind %s: %w", console.DeviceRoot, err)
	}
	root := g.orders.Profile.RootFS
	for _, e := range root.Entries {
		if e.Kind != device.KindMount {
			continue
		}
		flags, data := mountOptions(e.Options)
		if err := unix.Mount(e.FS, filepath.Join(console.DeviceRoot, e.Path), e.FS, flags, data); err != nil {
			return fmt.Errorf("mount %s on %s of the device: %w", e.FS, e.Path, err)
		}
	}
	if !root.ReadOnly {
		return nil
	}
	if err := unix.Mount("", console.DeviceRoot, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, ""); err != nil {
		return fmt.Errorf("make the root read-only: %w", err)
	}
	err := os.WriteFile(filepath.Join(console.DeviceRoot, "probe"), nil, 0o600)
	g.check("root is read-only", err != nil, "writing to it: %v", err)
	return nil
}

// mountOptions splits options as mount(8) writes them into flags and what the file system reads.
func mountOptions(options string) (flags uintptr, data string) {
	known := map[string]uintptr{
		"ro": unix.MS_RDONLY, "rw": 0, "nosuid": unix.MS_NOSUID, "nodev": unix.MS_NODEV, "noexec": unix.MS_NOEXEC,
		"noatime": unix.MS_NOATIME, "relatime": unix.MS_RELATIME, "sync": unix.MS_SYNCHRONOUS,
	}
	var rest []string
	for o := range strings.SplitSeq(options, ",") {
		if f, ok := known[o]; ok {
			flags |= f
		} else if o != "" {
			rest = append(rest, o)
		}
	}
	return flags, strings.Join(rest, ",")
}
