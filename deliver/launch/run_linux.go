package launch

import (
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"mote/deliver/bundle"
	"mote/deliver/device"
	"mote/deliver/sandbox"
)

// maxFiles is how many files a program may have open, at most: the descriptor behind the last of them is the one that it is started from.
const maxFiles = 1024

// Run becomes the bundle's program; it returns only to say why not. log gets a line before that, in case someone wants to know what runs.
func Run(o Options, log func(string)) error {
	c, err := Check(o)
	if err != nil {
		return err
	}
	defer c.Close()
	if o.State != "" {
		if err := bundle.WriteState(o.State, c.state.Accept(&c.Report)); err != nil {
			return refuse(CodeConfig, err)
		}
	}
	log(c.Describe())
	program, err := filepath.Abs(filepath.Join(o.Bundle, c.Release.Program))
	if err != nil {
		return refuse(CodeExec, err)
	}
	descriptor, err := reserve(int(c.Program.Fd()))
	if err != nil {
		return refuse(CodeExec, err)
	}
	p := policyWith(c.Device, program, descriptor)
	if err := sandbox.Restrict(&p.Landlock); err != nil { // before the user changes, who may not reach all of the paths
		return refuse(CodeSandbox, err)
	}
	if err := become(c.Device.Service); err != nil {
		return refuse(CodeExec, err)
	}
	if err := sandbox.Filter(p.Seccomp); err != nil {
		return refuse(CodeSandbox, err)
	}
	return refuse(CodeExec, execute(descriptor, argv(c.Device), c.Device.Service.Env))
}

// reserve makes a copy of a descriptor that no file of the program can ever have: it is closed by the exec, and the limit, which the program cannot
// raise without CAP_SYS_RESOURCE, is just below. So a filter that allows execveat of this descriptor allows one exec and no other.
func reserve(fd int) (int, error) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("limit of open files: %w", err)
	}
	last := min(maxFiles, limit.Max-1)
	limit.Cur = limit.Max
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("limit of open files: %w", err)
	}
	descriptor, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, int(last))
	if err != nil {
		return 0, fmt.Errorf("copy of the program's descriptor: %w", err)
	}
	limit.Cur, limit.Max = uint64(descriptor), uint64(descriptor)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("limit of open files: %w", err)
	}
	return descriptor, nil
}

// become takes the service's folder and identity. Who is not root must have the identity already.
func become(s device.Service) error {
	dir := s.Dir
	if dir == "" {
		dir = "/"
	}
	if err := unix.Chdir(dir); err != nil {
		return fmt.Errorf("folder %s: %w", dir, err)
	}
	if unix.Getuid() == int(s.UID) && unix.Getgid() == int(s.GID) {
		return nil
	}
	if unix.Getuid() != 0 {
		return fmt.Errorf("the service runs as user %d, group %d, and only root can become that; this is user %d, group %d", s.UID, s.GID, unix.Getuid(), unix.Getgid())
	}
	// Package syscall changes all threads, and groups before the user, who could not.
	if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(int(s.GID)), syscall.Setuid(int(s.UID))); err != nil {
		return fmt.Errorf("identity of the service: %w", err)
	}
	return nil
}

// execute becomes the program behind the descriptor.
func execute(descriptor int, args, env []string) error {
	name, err := syscall.BytePtrFromString("")
	if err != nil {
		return err
	}
	argv, err := syscall.SlicePtrFromStrings(args)
	if err != nil {
		return err
	}
	envv, err := syscall.SlicePtrFromStrings(env)
	if err != nil {
		return err
	}
	// Safety: the kernel copies strings and vectors before it discards this program's memory, and the pointers keep them alive until then.
	_, _, errno := unix.RawSyscall6(unix.SYS_EXECVEAT, uintptr(descriptor), uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&argv[0])),
		uintptr(unsafe.Pointer(&envv[0])), emptyPath, 0)
	return fmt.Errorf("execveat: %w", errno)
}

func kernelRelease() (device.Release, error) {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return "", err
	}
	return device.Release(unix.ByteSliceToString(u.Release[:])), nil
}
