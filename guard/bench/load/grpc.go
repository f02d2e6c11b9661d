package load

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// GRPC loads a gRPC server with calls of method ("/service/method", empty message to empty message), at most so many at once, over so few
// connections as gRPC clients have. It uses grpc-go's client as a program would, which costs several times the CPU time of HTTP. A call carries its
// intended time as X-Request-Start, and no deadline, so that the server does all that it takes on.
func GRPC(ctx context.Context, spec Spec, address, method string, calls int) (*Report, error) {
	if err := spec.Check(); err != nil {
		return nil, err
	}
	const connections = 8
	c := &caller{ledger: NewLedger(spec), method: method, slots: calls, outstanding: make(map[*call]struct{}, calls)}
	for i := 0; i < connections; i++ {
		conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return nil, fmt.Errorf("gRPC client for %s: %w", address, err)
		}
		defer conn.Close()
		c.conns = append(c.conns, conn)
	}
	if err := c.connect(ctx); err != nil {
		return nil, err
	}
	return c.run(ctx)
}

// caller is the state of a run.
type caller struct {
	method string
	conns  []*grpc.ClientConn
	start  time.Time

	mu          sync.Mutex
	ledger      *Ledger
	slots       int           // calls that may still begin
	freeSince   time.Duration // since when there has been a slot
	outstanding map[*call]struct{}
}

// call is one call.
type call struct{ intended time.Duration }

// connect makes sure that every connection is up. The server may refuse these calls.
func (c *caller) connect(ctx context.Context) error {
	for _, conn := range c.conns {
		err := conn.Invoke(ctx, c.method, &emptypb.Empty{}, &emptypb.Empty{}, grpc.WaitForReady(true))
		if err != nil && statusOfGRPC(err) == Broken {
			return fmt.Errorf("first call to %s: %w", conn.Target(), err)
		}
	}
	return nil
}

// run starts calls until the end and returns the report. It sleeps on a thread of its own, since the runtime's timers are not exact to less than a
// millisecond.
func (c *caller) run(ctx context.Context) (*Report, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	began := usage()
	c.start = time.Now()
	end := c.ledger.spec.End()
	for i := 0; ; i++ {
		now := time.Since(c.start)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if now >= end {
			break
		}
		next, wait := c.take(now)
		if next != nil {
			go c.call(ctx, c.conns[i%len(c.conns)], next)
			continue
		}
		pauseThread(wait)
	}
	report := c.finish(c.ledger.spec.last())
	report.Wall, report.CPU = time.Since(c.start), usage()-began
	report.judge()
	return report, nil
}

// take returns the next call if one is due and there is a slot; otherwise how long to wait before asking again.
func (c *caller) take(now time.Duration) (*call, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ledger.Due(now) {
		return nil, c.ledger.Wait(now)
	}
	if c.slots == 0 {
		return nil, time.Millisecond
	}
	next := &call{intended: c.ledger.Take(now, c.freeSince)}
	c.slots--
	c.outstanding[next] = struct{}{}
	return next, 0
}

// call makes one call and counts its answer.
func (c *caller) call(ctx context.Context, conn *grpc.ClientConn, one *call) {
	start := "t=" + strconv.FormatInt(c.start.Add(one.intended).UnixMicro(), 10)
	ctx = metadata.AppendToOutgoingContext(ctx, "x-request-start", start)
	err := conn.Invoke(ctx, c.method, &emptypb.Empty{}, &emptypb.Empty{})
	now := time.Since(c.start)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, counts := c.outstanding[one]; !counts {
		return // the run is over
	}
	delete(c.outstanding, one)
	c.ledger.Answered(one.intended, now, statusOfGRPC(err))
	if c.slots++; c.slots == 1 {
		c.freeSince = now
	}
}

// finish waits for outstanding calls until a time, counts the rest as abandoned, and closes the ledger.
func (c *caller) finish(until time.Duration) *Report {
	for time.Since(c.start) < until && c.pending() > 0 {
		time.Sleep(5 * time.Millisecond)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for one := range c.outstanding {
		c.ledger.Abandoned(one.intended)
	}
	clear(c.outstanding)
	return c.ledger.Finish()
}

// pending is the number of calls that have no answer yet.
func (c *caller) pending() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.outstanding)
}

// statusOfGRPC tells what a call's error means here.
func statusOfGRPC(err error) Status {
	switch status.Code(err) {
	case codes.OK:
		return Served
	case codes.ResourceExhausted, codes.Unavailable:
		return Refused
	}
	return Broken
}
