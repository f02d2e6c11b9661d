//go:build mote

package poll

import (
	"syscall"
	"time"
)

// FD is a descriptor that the poller watches. A device has no poller and no such descriptors: package os does without,
// and for package net every operation fails with an error that wraps errors.ErrUnsupported.
type FD struct {
	fdmu          fdMutex
	Sysfd         int
	isFile        bool
	IsStream      bool
	ZeroReadIsEOF bool
}

func (fd *FD) destroy() error { return nil }

func (fd *FD) Close() error { return syscall.ENOSYS }

func (fd *FD) Read(p []byte) (int, error) { return 0, syscall.ENOSYS }

func (fd *FD) Write(p []byte) (int, error) { return 0, syscall.ENOSYS }

func (fd *FD) SetDeadline(t time.Time) error { return ErrNoDeadline }

func (fd *FD) SetReadDeadline(t time.Time) error { return ErrNoDeadline }

func (fd *FD) SetWriteDeadline(t time.Time) error { return ErrNoDeadline }

func (fd *FD) RawControl(f func(uintptr)) error { return syscall.ENOSYS }

func (fd *FD) RawRead(f func(uintptr) bool) error { return syscall.ENOSYS }

func (fd *FD) RawWrite(f func(uintptr) bool) error { return syscall.ENOSYS }

// DupCloseOnExec is not supported.
func DupCloseOnExec(fd int) (int, string, error) { return -1, "dup", syscall.ENOSYS }
