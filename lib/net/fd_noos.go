//go:build mote

package net

import (
	"errors"
	"internal/poll"
	"os"
	"syscall"
	"time"
)

// A device has no sockets: the names and addresses of package net work, connections in memory (Pipe) work, and everything that
// would open a socket fails with this error, which wraps errors.ErrUnsupported. A network stack in Go brings its own Conn.
var errNoSockets error = syscall.ENOSYS

// netFD would be a socket. None is ever made.
type netFD struct {
	pfd    poll.FD
	family int
	sotype int
	net    string
	laddr  Addr
	raddr  Addr
}

func (fd *netFD) Close() error                       { return errNoSockets }
func (fd *netFD) closeRead() error                   { return errNoSockets }
func (fd *netFD) closeWrite() error                  { return errNoSockets }
func (fd *netFD) Read(p []byte) (n int, err error)   { return 0, errNoSockets }
func (fd *netFD) Write(p []byte) (n int, err error)  { return 0, errNoSockets }
func (fd *netFD) SetDeadline(t time.Time) error      { return errNoSockets }
func (fd *netFD) SetReadDeadline(t time.Time) error  { return errNoSockets }
func (fd *netFD) SetWriteDeadline(t time.Time) error { return errNoSockets }
func (fd *netFD) dup() (f *os.File, err error)       { return nil, errNoSockets }

// Hooks that std's own code calls.

var (
	testHookCanceledDial = func() {}
	hostsFilePath        = "/etc/hosts"
)

// isConnError reports whether err says that a peer is gone.
func isConnError(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.ECONNABORTED)
}

// wrapSyscallError names the call that an error number came from.
func wrapSyscallError(name string, err error) error {
	if _, ok := err.(syscall.Errno); ok {
		return os.NewSyscallError(name, err)
	}
	return err
}

func maxListenerBacklog() int { return syscall.SOMAXCONN }

// probe finds out what the network can do: nothing.
func (p *ipStackCapabilities) probe() {}

func fileConn(f *os.File) (Conn, error)             { return nil, errNoSockets }
func fileListener(f *os.File) (Listener, error)     { return nil, errNoSockets }
func filePacketConn(f *os.File) (PacketConn, error) { return nil, errNoSockets }

func interfaceTable(ifindex int) ([]Interface, error)            { return nil, errNoSockets }
func interfaceAddrTable(ifi *Interface) ([]Addr, error)          { return nil, errNoSockets }
func interfaceMulticastAddrTable(ifi *Interface) ([]Addr, error) { return nil, errNoSockets }
