//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"syscall"

	"mote/deliver/boot/console"
	"mote/deliver/record"
)

// launch starts cmd in the way that the mode asks for.
func launch(cmd *exec.Cmd, orders console.Orders) (*service, error) {
	if orders.Mode == console.ModeProfile {
		return launchRecorded(cmd)
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- exitError(cmd.Wait()) }()
	return &service{pid: cmd.Process.Pid, ended: ended}, nil
}

// launchRecorded starts cmd under the tracer, which waits for it.
func launchRecorded(cmd *exec.Cmd) (*service, error) {
	tracer, err := record.Start(cmd)
	if err != nil {
		return nil, err
	}
	return &service{pid: tracer.PID, ended: tracer.Ended, record: func() (json.RawMessage, error) { return json.Marshal(tracer.Recording()) }}, nil
}

// exitError is nil for a process that ended with status 0 or by SIGTERM, the signal with which we end services.
func exitError(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return err
	}
	switch status.Signal() {
	case syscall.SIGTERM:
		return nil
	case syscall.SIGILL:
		return fmt.Errorf("%w: an instruction that this CPU does not have (was it built for a higher level than the profile's?)", err)
	case syscall.SIGSYS:
		return fmt.Errorf("%w: a system call that the filter forbids", err)
	}
	return err
}
