package boot

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os/exec"
	"strings"
	"time"

	"mote/deliver/boot/console"
	"mote/internal/diag"
)

const emulator = "qemu-system-aarch64"

// emulate boots and follows the console until the guest is off.
func (c Config) emulate(ctx context.Context, initramfs string) (*Report, error) {
	if _, err := exec.LookPath(emulator); err != nil {
		return nil, diag.Errorf(token.Position{}, "install Debian's package qemu-system-arm", "%s is not installed", emulator)
	}
	started := time.Now()
	run, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(c.Timeout, func() { cancel(errTimeout) })
	defer timer.Stop()
	cmd := exec.CommandContext(run, emulator, c.arguments(initramfs)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	f := follower{config: c, started: started, report: &Report{Mode: c.Mode, Profile: c.Profile.Name, Booted: *c.Kernel, Times: map[string]Millis{}}}
	f.ready = func() { timer.Stop() }
	f.follow(pipe)
	err = cmd.Wait()
	f.report.Times["all"] = since(started)
	return f.finish(ctx, context.Cause(run), err, strings.TrimSpace(errs.String()))
}

var errTimeout = errors.New("timeout")

// arguments of the emulator: a machine of virtio devices that has existed in this form for years, one console, nothing else.
func (c Config) arguments(initramfs string) []string {
	cpu := c.Profile.CPU
	model, memory := cpu.Model, cpu.Memory>>20
	if model == "" {
		model = "cortex-a53"
	}
	if memory == 0 {
		memory = 256
	}
	args := []string{
		"-M", "virt,gic-version=2", "-cpu", model, "-smp", fmt.Sprint(max(cpu.Cores, 1)), "-m", fmt.Sprint(memory),
		"-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
		"-kernel", c.Kernel.Image, "-initrd", initramfs,
		"-append", "console=ttyAMA0 quiet panic=-1 rdinit=/init",
	}
	if c.Forward != "" {
		host, guest, _ := strings.Cut(c.Forward, ":")
		args = append(args, "-netdev", fmt.Sprintf("user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:%s-:%s", host, guest), "-device", "virtio-net-device,netdev=net0")
	}
	return args
}

// follower turns the lines of the console into a report.
type follower struct {
	config  Config
	started time.Time
	report  *Report
	ready   func()
	done    bool
	other   []string
}

// maxOther is how many lines of the kernel a report of a failed boot has.
const maxOther = 40

func (f *follower) follow(r io.Reader) {
	lines := bufio.NewReaderSize(r, console.MaxLine)
	for {
		line, err := lines.ReadSlice('\n')
		if text := strings.TrimRight(string(line), "\r\n"); text != "" {
			f.line(text)
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
	}
}

func (f *follower) line(text string) {
	if m, ok := console.Decode(text); ok {
		f.message(m)
		return
	}
	f.config.Log(text)
	if f.other = append(f.other, text); len(f.other) > maxOther {
		f.other = f.other[1:]
	}
}

func (f *follower) message(m console.Message) {
	r := f.report
	switch m.Kind {
	case console.KindKernel:
		r.Guest = m.Kernel
		r.Times["init"] = since(f.started)
		f.config.Stage("workload")
	case console.KindOutput:
		text := strings.TrimRight(m.Text, "\n")
		r.Output = append(r.Output, text)
		f.config.Log(text)
	case console.KindCheck:
		r.Checks = append(r.Checks, Check{m.Name, m.OK, m.Text})
	case console.KindRequest:
		if m.Request != nil {
			r.Requests = append(r.Requests, Exchange{*m.Request, m.OK, m.Text})
		}
	case console.KindRecording:
		r.Recording = m.Recording
		if !m.OK {
			r.Checks = append(r.Checks, Check{"recording", false, m.Text})
		}
	case console.KindExit:
		r.Checks = append(r.Checks, Check{"service ends", m.OK, m.Text})
	case console.KindReady:
		f.ready()
		f.config.Ready(r)
	case console.KindDone:
		f.done, r.OK, r.Error = true, m.OK, m.Text
	}
}

// finish judges how the boot ended: outer is the caller's context, cause why the emulator was stopped, if it was.
func (f *follower) finish(outer context.Context, cause, err error, errs string) (*Report, error) {
	r := f.report
	timeout := errors.Is(cause, errTimeout)
	switch {
	case f.done:
	case outer.Err() != nil:
		return r, outer.Err()
	case r.Guest == nil && timeout:
		return nil, f.neverStarted(fmt.Sprintf("not within %v", f.config.Timeout), errs)
	case r.Guest == nil:
		return nil, f.neverStarted(fmt.Sprint("the emulator ended: ", err), errs)
	case timeout:
		r.Error = fmt.Sprintf("the guest was not done after %v", f.config.Timeout)
	default:
		r.Error = "the guest ended before it was done"
	}
	if !r.OK {
		r.Console = f.other
	}
	return r, nil
}

// neverStarted explains a boot that did not reach /init.
func (f *follower) neverStarted(why, errs string) error {
	text := strings.TrimSpace(strings.Join(append(f.other, errs), "\n"))
	return diag.Errorf(token.Position{}, "", "%s: the kernel %s did not start /init: %s\n%s", emulator, f.config.Kernel.Package, why, text)
}

func since(t time.Time) Millis { return Millis(time.Since(t).Milliseconds()) }
