package load

import (
	"context"
	"fmt"
	"net/netip"
	"runtime"
	"runtime/debug"
	"time"

	"golang.org/x/sys/unix"
)

// HTTP loads an HTTP/1.1 server at address (host:port) with GET requests for path, over so many connections, which are opened beforehand and used
// in turn. It runs on one thread with its own epoll loop and allocates nothing for a request: net/http would use several times the CPU time,
// which the server on the same CPUs would miss.
//
// Each request has an X-Request-Start header with its intended time ("t=" and microseconds since 1970), as load balancers set it, so that
// a server can know how long it has waited.
func HTTP(ctx context.Context, spec Spec, address, path string, connections int) (*Report, error) {
	if err := spec.Check(); err != nil {
		return nil, err
	}
	target, err := netip.ParseAddrPort(address)
	if err != nil || !target.Addr().Is4() {
		return nil, fmt.Errorf("address %q is not an IPv4 address and a port", address)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	// The kernel rounds sleeps by up to 50 µs unless asked not to; that it may not be asked is no reason to fail.
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0)

	e, err := newEngine(NewLedger(spec), target, path, connections)
	if err != nil {
		return nil, err
	}
	defer e.close()
	return e.run(ctx)
}

// engine is the loop's state.
type engine struct {
	ledger    *Ledger
	target    unix.SockaddrInet4
	request   []byte // with room for the time at stamp
	stamp     int
	epoll     int
	conns     []conn
	free      []int32 // ring of connections without a request
	head, n   int
	freeSince time.Duration // since when free has not been empty
	start     time.Time
	epoch     int64 // start, in microseconds since 1970
}

// conn is one connection.
type conn struct {
	fd       int
	busy     bool
	intended time.Duration
	parser   response
}

// newEngine opens the connections.
func newEngine(ledger *Ledger, target netip.AddrPort, path string, connections int) (*engine, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll_create1: %w", err)
	}
	e := &engine{
		ledger: ledger, epoll: epoll,
		target: unix.SockaddrInet4{Addr: target.Addr().As4(), Port: int(target.Port())},
		conns:  make([]conn, connections), free: make([]int32, connections),
	}
	e.request = []byte("GET " + path + " HTTP/1.1\r\nHost: " + target.String() + "\r\nX-Request-Start: t=")
	e.stamp = len(e.request)
	e.request = append(e.request, "0000000000000000\r\n\r\n"...)
	for i := range e.conns {
		if err := e.open(i); err != nil {
			e.close()
			return nil, fmt.Errorf("connection %d of %d to %v: %w", i+1, connections, target, err)
		}
		e.push(i, 0)
	}
	return e, nil
}

// open connects connection i. The handshake blocks, for microseconds on a loopback interface.
func (e *engine) open(i int) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	e.conns[i] = conn{fd: fd}
	if err := unix.Connect(fd, &e.target); err != nil {
		return err
	}
	_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	if err := unix.SetNonblock(fd, true); err != nil {
		return err
	}
	return unix.EpollCtl(e.epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(i)})
}

// close closes everything.
func (e *engine) close() {
	for _, c := range e.conns {
		if c.fd > 0 {
			unix.Close(c.fd)
		}
	}
	unix.Close(e.epoll)
}

// run sends until the end, waits for what is outstanding, and returns the report.
func (e *engine) run(ctx context.Context) (*Report, error) {
	began := usage()
	e.start = time.Now()
	e.epoch = e.start.UnixMicro()
	end, last := e.ledger.spec.End(), e.ledger.spec.last()
	events := make([]unix.EpollEvent, 256)
	now := time.Duration(0)
	for now < end || now < last && (e.ledger.Due(now) || e.n < len(e.conns)) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e.send(now)
		n, err := e.wait(events, e.sleep())
		if err != nil {
			return nil, err
		}
		now = time.Since(e.start)
		for _, event := range events[:n] {
			e.receive(int(event.Fd), now)
		}
	}
	for i := range e.conns {
		if e.conns[i].busy {
			e.ledger.Abandoned(e.conns[i].intended)
		}
	}
	report := e.ledger.Finish()
	report.Wall, report.CPU = time.Since(e.start), usage()-began
	report.judge()
	return report, nil
}

// send sends what is due as long as there are connections.
func (e *engine) send(now time.Duration) {
	for e.n > 0 && e.ledger.Due(now) {
		i := e.free[e.head]
		e.head = (e.head + 1) % len(e.free)
		e.n--
		c := &e.conns[i]
		c.intended, c.busy = e.ledger.Take(now, e.freeSince), true
		e.print(c.intended)
		if n, err := unix.Write(c.fd, e.request); err != nil || n != len(e.request) {
			e.reopen(int(i), now)
		}
		now = time.Since(e.start)
	}
}

// print writes the intended time into the request.
func (e *engine) print(intended time.Duration) {
	us := e.epoch + intended.Microseconds()
	for i := e.stamp + 15; i >= e.stamp; i-- {
		e.request[i] = byte('0' + us%10)
		us /= 10
	}
}

// sleep is how long nothing is to be done unless something comes in: until the next request, but at most a tenth of a second, in which the context is
// looked at.
func (e *engine) sleep() time.Duration {
	wait := 100 * time.Millisecond
	if e.n > 0 {
		wait = min(wait, e.ledger.Wait(time.Since(e.start)))
	}
	return wait
}

// wait returns as soon as a connection has something to read, or when the time is over. epoll_wait alone counts in milliseconds.
func (e *engine) wait(events []unix.EpollEvent, wait time.Duration) (int, error) {
	if wait > 0 {
		timeout := unix.NsecToTimespec(int64(wait))
		if _, err := unix.Ppoll([]unix.PollFd{{Fd: int32(e.epoll), Events: unix.POLLIN}}, &timeout, nil); err != nil && err != unix.EINTR {
			return 0, fmt.Errorf("ppoll: %w", err)
		}
	}
	n, err := unix.EpollWait(e.epoll, events, 0)
	if err == unix.EINTR {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("epoll_wait: %w", err)
	}
	return n, nil
}

// receive reads what has come on connection i.
func (e *engine) receive(i int, now time.Duration) {
	c := &e.conns[i]
	n, err := unix.Read(c.fd, c.parser.room())
	if err == unix.EAGAIN || err == unix.EINTR {
		return
	}
	if err != nil || n <= 0 {
		e.reopen(i, now)
		return
	}
	status, complete, err := c.parser.took(n)
	switch {
	case err != nil || complete && !c.busy:
		e.reopen(i, now)
	case complete:
		e.ledger.Answered(c.intended, now, status)
		c.busy = false
		e.push(i, now)
	}
}

// reopen replaces a connection that the server has closed or that makes no sense; a request on it has failed.
func (e *engine) reopen(i int, now time.Duration) {
	c := &e.conns[i]
	unix.Close(c.fd)
	busy, intended := c.busy, c.intended
	err := e.open(i)
	if busy {
		e.ledger.Answered(intended, now, Broken)
	}
	if busy && err == nil {
		e.push(i, now)
	}
}

// push makes connection i free for the next request.
func (e *engine) push(i int, now time.Duration) {
	if e.n == 0 {
		e.freeSince = now
	}
	e.free[(e.head+e.n)%len(e.free)] = int32(i)
	e.n++
}
