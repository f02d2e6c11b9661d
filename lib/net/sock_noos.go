//go:build mote

package net

import (
	"context"
	"io"
	"net/netip"
	"os"
)

// Opening sockets.

func (sd *sysDialer) dialTCP(ctx context.Context, laddr, raddr *TCPAddr) (*TCPConn, error) {
	return nil, errNoSockets
}

func (sd *sysDialer) dialUDP(ctx context.Context, laddr, raddr *UDPAddr) (*UDPConn, error) {
	return nil, errNoSockets
}

func (sd *sysDialer) dialIP(ctx context.Context, laddr, raddr *IPAddr) (*IPConn, error) {
	return nil, errNoSockets
}

func (sd *sysDialer) dialUnix(ctx context.Context, laddr, raddr *UnixAddr) (*UnixConn, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenTCP(ctx context.Context, laddr *TCPAddr) (*TCPListener, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenUDP(ctx context.Context, laddr *UDPAddr) (*UDPConn, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenMulticastUDP(ctx context.Context, ifi *Interface, gaddr *UDPAddr) (*UDPConn, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenIP(ctx context.Context, laddr *IPAddr) (*IPConn, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenUnix(ctx context.Context, laddr *UnixAddr) (*UnixListener, error) {
	return nil, errNoSockets
}

func (sl *sysListener) listenUnixgram(ctx context.Context, laddr *UnixAddr) (*UnixConn, error) {
	return nil, errNoSockets
}

// Listeners and connections, of which none exists.

func (ln *TCPListener) ok() bool                    { return ln != nil && ln.fd != nil }
func (ln *TCPListener) accept() (*TCPConn, error)   { return nil, errNoSockets }
func (ln *TCPListener) close() error                { return errNoSockets }
func (ln *TCPListener) file() (*os.File, error)     { return nil, errNoSockets }
func (ln *UnixListener) accept() (*UnixConn, error) { return nil, errNoSockets }
func (ln *UnixListener) close() error               { return errNoSockets }
func (ln *UnixListener) file() (*os.File, error)    { return nil, errNoSockets }

func (c *TCPConn) readFrom(r io.Reader) (int64, error) { return 0, errNoSockets }
func (c *TCPConn) writeTo(w io.Writer) (int64, error)  { return 0, errNoSockets }

func (c *UDPConn) readFrom(b []byte, addr *UDPAddr) (int, *UDPAddr, error) {
	return 0, nil, errNoSockets
}

func (c *UDPConn) readFromAddrPort(b []byte) (n int, addr netip.AddrPort, err error) {
	return 0, addr, errNoSockets
}

func (c *UDPConn) readMsg(b, oob []byte) (n, oobn, flags int, addr netip.AddrPort, err error) {
	return 0, 0, 0, addr, errNoSockets
}

func (c *UDPConn) writeTo(b []byte, addr *UDPAddr) (int, error) { return 0, errNoSockets }

func (c *UDPConn) writeToAddrPort(b []byte, addr netip.AddrPort) (int, error) {
	return 0, errNoSockets
}

func (c *UDPConn) writeMsg(b, oob []byte, addr *UDPAddr) (n, oobn int, err error) {
	return 0, 0, errNoSockets
}

func (c *UDPConn) writeMsgAddrPort(b, oob []byte, addr netip.AddrPort) (n, oobn int, err error) {
	return 0, 0, errNoSockets
}

func (c *IPConn) readFrom(b []byte) (int, *IPAddr, error) { return 0, nil, errNoSockets }

func (c *IPConn) readMsg(b, oob []byte) (n, oobn, flags int, addr *IPAddr, err error) {
	return 0, 0, 0, nil, errNoSockets
}

func (c *IPConn) writeTo(b []byte, addr *IPAddr) (int, error) { return 0, errNoSockets }

func (c *IPConn) writeMsg(b, oob []byte, addr *IPAddr) (n, oobn int, err error) {
	return 0, 0, errNoSockets
}

func (c *UnixConn) readFrom(b []byte) (int, *UnixAddr, error) { return 0, nil, errNoSockets }

func (c *UnixConn) readMsg(b, oob []byte) (n, oobn, flags int, addr *UnixAddr, err error) {
	return 0, 0, 0, nil, errNoSockets
}

func (c *UnixConn) writeTo(b []byte, addr *UnixAddr) (int, error) { return 0, errNoSockets }

func (c *UnixConn) writeMsg(b, oob []byte, addr *UnixAddr) (n, oobn int, err error) {
	return 0, 0, errNoSockets
}
