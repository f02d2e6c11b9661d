//go:build mote

package syscall

// RawConn is a raw descriptor of a connection. Nothing on a device implements it.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

// Conn is implemented by types that can give a RawConn.
type Conn interface {
	SyscallConn() (RawConn, error)
}

// Numbers that package net and programs name. No sockets exist.
const (
	AF_UNSPEC = 0
	AF_UNIX   = 1
	AF_INET   = 2
	AF_INET6  = 10

	SOCK_STREAM    = 1
	SOCK_DGRAM     = 2
	SOCK_RAW       = 3
	SOCK_SEQPACKET = 5
	SOMAXCONN      = 128

	IPPROTO_IP   = 0
	IPPROTO_TCP  = 6
	IPPROTO_UDP  = 17
	IPPROTO_IPV6 = 41

	IPV6_V6ONLY     = 26
	SO_ERROR        = 4
	SOL_SOCKET      = 1
	TCP_KEEPINTVL   = 5
	TCP_KEEPIDLE    = 4
	F_DUPFD_CLOEXEC = 1030
)

// Sockaddr is the address of a socket.
type Sockaddr interface{}

// SockaddrInet4 is an IPv4 address with a port.
type SockaddrInet4 struct {
	Port int
	Addr [4]byte
}

// SockaddrInet6 is an IPv6 address with a port.
type SockaddrInet6 struct {
	Port   int
	ZoneId uint32
	Addr   [16]byte
}

// SockaddrUnix is the path of a Unix socket.
type SockaddrUnix struct {
	Name string
}
