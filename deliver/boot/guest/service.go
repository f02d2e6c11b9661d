//go:build linux

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"mote/deliver/boot/console"
)

// service is the started program.
type service struct {
	pid     int
	ended   <-chan error // gets one value when the process has ended: nil, or why the end was not a good one
	record  func() (json.RawMessage, error)
	outputs *sync.WaitGroup
}

// start starts the program of the orders in the device's root, with the profile's identity and environment and nothing else.
func (g *guest) start() (*service, error) {
	p, argv := g.orders.Profile.Service, g.orders.Command
	dir := p.Dir
	if dir == "" {
		dir = "/"
	}
	cmd := &exec.Cmd{Path: argv[0], Args: argv, Env: p.Env, Dir: dir}
	if cmd.Env == nil {
		cmd.Env = []string{} // nil means the parent's
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Chroot:     console.DeviceRoot,
		Credential: &syscall.Credential{Uid: p.UID, Gid: p.GID},
		Setsid:     true,
	}
	outputs, closeOurs, err := g.outputs(cmd)
	if err != nil {
		return nil, err
	}
	s, err := launch(cmd, g.orders)
	closeOurs()
	if err != nil {
		return nil, startError(argv[0], err)
	}
	s.outputs = outputs
	return s, nil
}

// outputs makes messages of the lines that the program prints; done is called when the program has its ends of the pipes.
func (g *guest) outputs(cmd *exec.Cmd) (wait *sync.WaitGroup, done func(), err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	cmd.Stdout, cmd.Stderr = w, w
	wait = new(sync.WaitGroup)
	wait.Go(func() {
		defer r.Close()
		lines := bufio.NewReaderSize(r, 4096)
		for {
			line, err := lines.ReadSlice('\n')
			if len(line) > 0 {
				g.say(console.Message{Kind: console.KindOutput, OK: true, Text: string(line)})
			}
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				if err != io.EOF {
					g.say(console.Message{Kind: console.KindOutput, Text: err.Error()})
				}
				return
			}
		}
	})
	return wait, func() { w.Close() }, nil
}

// startError says what a failed exec means on a device without a dynamic loader.
func startError(program string, err error) error {
	_, missing := os.Stat(filepath.Join(console.DeviceRoot, program))
	switch {
	case errors.Is(err, unix.ENOENT) && missing == nil:
		return fmt.Errorf("%s is there but cannot be started: its program interpreter is not (is it linked dynamically, or with -buildmode=pie?)", program)
	case errors.Is(err, unix.ENOEXEC):
		return fmt.Errorf("%s cannot be started: it is no program for this machine", program)
	}
	return fmt.Errorf("%s cannot be started: %w", program, err)
}

// stopGrace is how long a service may take to end after SIGTERM.
const stopGrace = 10 * time.Second

// stop ends the service and reports how it ended.
func (g *guest) stop(s *service) error {
	if g.orders.Serve {
		g.say(console.Message{Kind: console.KindReady, OK: !g.failed})
		return fmt.Errorf("the service ended: %w", orUnknown(<-s.ended))
	}
	select {
	case err := <-s.ended:
		g.reportExit(s, fmt.Errorf("it ended by itself: %w", orUnknown(err)))
		return nil
	default:
	}
	unix.Kill(s.pid, unix.SIGTERM)
	select {
	case err := <-s.ended:
		g.reportExit(s, err)
	case <-time.After(stopGrace):
		unix.Kill(s.pid, unix.SIGKILL)
		g.reportExit(s, fmt.Errorf("it did not end within %v of SIGTERM", stopGrace))
	}
	return nil
}

func orUnknown(err error) error {
	if err == nil {
		return errors.New("status 0")
	}
	return err
}

// reportExit says how the service ended and hands over what was recorded.
func (g *guest) reportExit(s *service, err error) {
	if err == nil {
		s.outputs.Wait()
	} else {
		g.failed = true
	}
	m := console.Message{Kind: console.KindExit, OK: err == nil, Text: "after SIGTERM, as it should"}
	if err != nil {
		m.Text = err.Error()
	}
	g.say(m)
	if s.record == nil {
		return
	}
	recording, err := s.record()
	if err != nil {
		g.failed = true
		g.say(console.Message{Kind: console.KindRecording, Text: err.Error()})
		return
	}
	g.say(console.Message{Kind: console.KindRecording, OK: true, Recording: recording})
}
