//go:build linux

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"mote/deliver/boot/console"
	"mote/deliver/device"
)

// reportKernel tells what was booted and compares it with the profile.
func (g *guest) reportKernel() {
	k := console.Kernel{PageSize: os.Getpagesize(), Landlock: landlockABI()}
	var uts unix.Utsname
	if err := unix.Uname(&uts); err == nil {
		k.Release, k.Machine = unix.ByteSliceToString(uts.Release[:]), unix.ByteSliceToString(uts.Machine[:])
	}
	if text, err := os.ReadFile("/sys/kernel/security/lsm"); err == nil {
		k.LSM = strings.TrimSpace(string(text))
	}
	var up unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &up); err == nil {
		k.UptimeMS = up.Nano() / 1e6
	}
	g.say(console.Message{Kind: console.KindKernel, OK: true, Kernel: &k})

	p := g.orders.Profile
	g.check("kernel release", p.Kernel.Contains(device.Release(k.Release)), "%s, want %v", k.Release, p.Kernel)
	g.check("page size", slices.Contains(p.PageSizes, uint64(k.PageSize)), "%d, want one of %v", k.PageSize, p.PageSizes)
	active := strings.Split(k.LSM, ",")
	for _, want := range p.LSM {
		g.check("security module "+want, slices.Contains(active, want), "active: %s", k.LSM)
	}
	g.check("landlock", k.Landlock >= p.Landlock.MinABI, "ABI %d, want %d or newer", k.Landlock, p.Landlock.MinABI)
}

// landlockABI asks the kernel, see landlock_create_ruleset(2); 0 without Landlock.
func landlockABI() int {
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(abi)
}

// network brings the loopback interface up and, where the orders say so, a card on QEMU's user network, whose addresses are fixed.
func (g *guest) network() error {
	for _, name := range g.orders.Modules {
		if err := loadModule(name); err != nil {
			return err
		}
	}
	if err := interfaceUp("lo", [4]byte{127, 0, 0, 1}, [4]byte{255, 0, 0, 0}); err != nil {
		return err
	}
	if !g.orders.Network {
		return nil
	}
	if err := interfaceUp("eth0", [4]byte{10, 0, 2, 15}, [4]byte{255, 255, 255, 0}); err != nil {
		return err
	}
	return defaultRoute([4]byte{10, 0, 2, 2})
}

func loadModule(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.FinitModule(int(f.Fd()), "", 0); err != nil && err != unix.EEXIST {
		return fmt.Errorf("load %s: %w", name, err)
	}
	return nil
}
