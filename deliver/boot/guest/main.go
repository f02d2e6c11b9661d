//go:build linux

// Command guest is /init of the boot gate: the first and only system program in the emulated device. It prepares the root file system of the
// profile, starts the service as the device would, looks at the running process from outside, sends the workload, and tells the host on the console
// (package console) what it saw. Then it turns the machine off.
//
// It is a static program and trusts nothing but the kernel: no shell, no libc, no module loader. Start reading at main and guest.run.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"mote/deliver/boot/console"
)

func main() {
	g := &guest{out: os.Stdout}
	err := g.run()
	done := console.Message{Kind: console.KindDone, OK: err == nil && !g.failed}
	if err != nil {
		done.Text = err.Error()
	}
	g.say(done)
	g.powerOff()
}

// guest is the state of this one boot.
type guest struct {
	out    *os.File
	orders console.Orders
	failed bool // a check or request was not as it should be
}

// run does everything up to the last message.
func (g *guest) run() error {
	if err := mountSystem(); err != nil {
		return err
	}
	if err := g.readOrders(); err != nil {
		return err
	}
	g.reportKernel()
	if err := g.network(); err != nil {
		return err
	}
	if err := g.mountDevice(); err != nil {
		return err
	}
	s, err := g.start()
	if err != nil {
		return err
	}
	g.exercise(s)
	return g.stop(s)
}

func (g *guest) readOrders() error {
	text, err := os.ReadFile(console.OrdersPath)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &g.orders); err != nil {
		return fmt.Errorf("%s: %w", console.OrdersPath, err)
	}
	if now := time.Now().Unix(); now >= g.orders.Unix {
		return nil // the machine has a clock
	}
	tv := unix.NsecToTimeval(g.orders.Unix * int64(time.Second))
	return unix.Settimeofday(&tv)
}

// say sends a message; several goroutines may.
func (g *guest) say(m console.Message) {
	line, err := console.Encode(m)
	if err != nil {
		line = fmt.Appendf(nil, "\nguest: a message that cannot be encoded: %v\n", err)
	}
	g.out.Write(line)
}

// check reports one property of the device or the service.
func (g *guest) check(name string, ok bool, format string, args ...any) {
	if !ok {
		g.failed = true
	}
	g.say(console.Message{Kind: console.KindCheck, Name: name, OK: ok, Text: fmt.Sprintf(format, args...)})
}

// powerOff ends the emulator. Output to the console is synchronous, so nothing is lost.
func (g *guest) powerOff() {
	unix.Sync()
	unix.Reboot(unix.LINUX_REBOOT_CMD_POWER_OFF)
	os.Exit(1) // the kernel panics when init exits, which ends the emulator too
}
