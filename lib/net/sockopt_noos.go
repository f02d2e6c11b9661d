//go:build mote

package net

import "time"

// Options of sockets.

func setReadBuffer(fd *netFD, bytes int) error                  { return errNoSockets }
func setWriteBuffer(fd *netFD, bytes int) error                 { return errNoSockets }
func setKeepAlive(fd *netFD, keepalive bool) error              { return errNoSockets }
func setKeepAliveIdle(fd *netFD, d time.Duration) error         { return errNoSockets }
func setKeepAliveInterval(fd *netFD, d time.Duration) error     { return errNoSockets }
func setKeepAliveCount(fd *netFD, n int) error                  { return errNoSockets }
func setLinger(fd *netFD, sec int) error                        { return errNoSockets }
func setNoDelay(fd *netFD, noDelay bool) error                  { return errNoSockets }
func setIPv4MulticastInterface(fd *netFD, ifi *Interface) error { return errNoSockets }
func setIPv4MulticastLoopback(fd *netFD, v bool) error          { return errNoSockets }
func setIPv6MulticastInterface(fd *netFD, ifi *Interface) error { return errNoSockets }
func setIPv6MulticastLoopback(fd *netFD, v bool) error          { return errNoSockets }
func joinIPv4Group(fd *netFD, ifi *Interface, ip IP) error      { return errNoSockets }
func joinIPv6Group(fd *netFD, ifi *Interface, ip IP) error      { return errNoSockets }
