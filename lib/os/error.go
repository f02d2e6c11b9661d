//go:build mote

package os

import (
	"errors"
	"io/fs"
	"syscall"
)

// Portable errors, to be compared with errors.Is.
var (
	ErrInvalid    = fs.ErrInvalid
	ErrPermission = fs.ErrPermission
	ErrExist      = fs.ErrExist
	ErrNotExist   = fs.ErrNotExist
	ErrClosed     = fs.ErrClosed

	ErrNoDeadline             = errors.New("file type does not support deadline")
	ErrDeadlineExceeded error = &deadlineExceededError{}

	ErrProcessDone = errors.New("os: process already finished")
	ErrNoHandle    = errors.New("os: process handle unavailable")
)

// deadlineExceededError is the type of ErrDeadlineExceeded, an error that is a timeout.
type deadlineExceededError struct{}

func (*deadlineExceededError) Error() string   { return "i/o timeout" }
func (*deadlineExceededError) Timeout() bool   { return true }
func (*deadlineExceededError) Temporary() bool { return true }

// PathError is an error with the operation and the file that caused it.
type PathError = fs.PathError

// LinkError is an error of an operation on two names.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }

func (e *LinkError) Unwrap() error { return e.Err }

// SyscallError is an error with the name of a call.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }

func (e *SyscallError) Unwrap() error { return e.Err }

// Timeout reports whether the cause is a timeout.
func (e *SyscallError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// NewSyscallError returns a SyscallError, or nil when err is nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// unsupported is the error of an operation that a device cannot do; it wraps errors.ErrUnsupported.
func unsupported(op, name string) error { return &PathError{Op: op, Path: name, Err: syscall.ENOSYS} }

// IsExist reports whether err says that a file exists already. New code uses errors.Is(err, fs.ErrExist).
func IsExist(err error) bool { return causeIs(err, ErrExist) }

// IsNotExist reports whether err says that a file does not exist. New code uses errors.Is(err, fs.ErrNotExist).
func IsNotExist(err error) bool { return causeIs(err, ErrNotExist) }

// IsPermission reports whether err says that something is not permitted. New code uses errors.Is(err, fs.ErrPermission).
func IsPermission(err error) bool { return causeIs(err, ErrPermission) }

// IsTimeout reports whether err is a timeout.
func IsTimeout(err error) bool {
	t, ok := cause(err).(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func causeIs(err, target error) bool {
	err = cause(err)
	if err == target {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(target)
}

// cause strips the error types of this package, and no others.
func cause(err error) error {
	switch err := err.(type) {
	case *PathError:
		return err.Err
	case *LinkError:
		return err.Err
	case *SyscallError:
		return err.Err
	}
	return err
}
