//go:build mote

package syscall

import (
	"internal/oserror"
	"sync"
)

// Pipes live in the device's memory. Their descriptors start at firstPipe, far above the host's: even ones read, odd ones
// write. Read and the rest look at the table only when it exists, and LLVM sees that it never does in a program that
// cannot reach Pipe: such programs carry nothing of this file. It sees that only if functions load the variable at
// their start, before anything branches, because the summaries of modules take any other use of the value for a write.

// firstPipe is the descriptor of the reading end of the first pipe.
const firstPipe = 1 << 16

// pipeLimit is how many unread bytes a pipe holds before writers wait; a power of two. It takes memory only for what is in it, up to twice
// that.
const pipeLimit = 16 << 10

// pipeLeast is the size that a pipe's memory starts with.
const pipeLeast = 64

// pipes is the table of open pipes; nil until the first call of Pipe.
var pipes *pipeTable

type pipeTable struct {
	mu   sync.Mutex
	open []*pipe // nil entries are free
}

// pipe is a queue of bytes between goroutines.
type pipe struct {
	mu       sync.Mutex
	changed  sync.Cond // count, noReader or noWriter did
	ring     []byte    // its length is a power of two; nil while the pipe is empty
	first    int       // index of the first unread byte
	count    int       // unread bytes
	noReader bool
	noWriter bool
}

var pipesOnce sync.Once

// Pipe makes a pipe: what is written to p[1] can be read from p[0]. Readers wait while it is empty and writers while it is
// full. After the writing end is closed readers get what is left and then the end; after the reading end is, writers
// get EPIPE. Closing the end that a goroutine waits at ends its wait with os.ErrClosed.
func Pipe(p []int) error {
	if len(p) != 2 {
		return EINVAL
	}
	pipesOnce.Do(func() { pipes = new(pipeTable) })
	fd := pipes.add()
	p[0], p[1] = fd, fd+1
	return nil
}

// add returns the reading descriptor of a new pipe.
func (t *pipeTable) add() int {
	q := new(pipe)
	q.changed.L = &q.mu
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, old := range t.open {
		if old == nil {
			t.open[i] = q
			return firstPipe + 2*i
		}
	}
	t.open = append(t.open, q)
	return firstPipe + 2*(len(t.open)-1)
}

// IsPipe reports whether fd is in the pipes' range.
func IsPipe(fd int) bool { return pipes != nil && fd >= firstPipe }

// findPipe returns the pipe of fd if fd is open and its writing or reading end.
func findPipe(fd int, writing bool) *pipe {
	t := pipes
	t.mu.Lock()
	var q *pipe
	if i := (fd - firstPipe) / 2; i < len(t.open) && fd&1 == 1 == writing {
		q = t.open[i]
	}
	if q != nil && (writing && q.noWriter || !writing && q.noReader) {
		q = nil
	}
	t.mu.Unlock()
	return q
}

// readPipe waits until there is something to read; n is 0 after the last byte of a pipe without a writer.
func readPipe(fd int, b []byte) (n int, err error) {
	q := findPipe(fd, false)
	if q == nil {
		return 0, EBADF
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.count == 0 && !q.noWriter && !q.noReader {
		q.changed.Wait()
	}
	if q.noReader {
		return 0, oserror.ErrClosed
	}
	n = q.take(b)
	q.changed.Broadcast()
	return n, nil
}

// writePipe waits until all of b is in the pipe.
func writePipe(fd int, b []byte) (n int, err error) {
	q := findPipe(fd, true)
	if q == nil {
		return 0, EBADF
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for n < len(b) {
		switch room := pipeLimit - q.count; {
		case q.noWriter:
			return n, oserror.ErrClosed
		case q.noReader:
			return n, EPIPE
		case room == 0:
			q.changed.Wait()
		default:
			part := b[n:min(n+room, len(b))]
			q.put(part)
			n += len(part)
			q.changed.Broadcast()
		}
	}
	return n, nil
}

// take moves unread bytes to b and returns how many.
func (q *pipe) take(b []byte) int {
	n := min(len(b), q.count)
	head := copy(b[:n], q.ring[q.first:])
	copy(b[head:n], q.ring)
	q.count -= n
	if q.count == 0 {
		q.ring, q.first = nil, 0
	} else {
		q.first = (q.first + n) & (len(q.ring) - 1)
	}
	return n
}

// put adds b, for which there is room below pipeLimit.
func (q *pipe) put(b []byte) {
	if q.count+len(b) > len(q.ring) {
		size := max(pipeLeast, len(q.ring))
		for size < q.count+len(b) {
			size *= 2
		}
		ring := make([]byte, size)
		head := copy(ring[:q.count], q.ring[q.first:])
		copy(ring[head:q.count], q.ring)
		q.ring, q.first = ring, 0
	}
	end := (q.first + q.count) & (len(q.ring) - 1)
	head := copy(q.ring[end:], b)
	copy(q.ring, b[head:])
	q.count += len(b)
}

// closePipe closes one end and frees the pipe with the second.
func closePipe(fd int) error {
	q := findPipe(fd, fd&1 == 1)
	if q == nil {
		return EBADF
	}
	q.mu.Lock()
	if fd&1 == 1 {
		q.noWriter = true
	} else {
		q.noReader = true
	}
	closed := q.noReader && q.noWriter
	q.changed.Broadcast()
	q.mu.Unlock()
	if closed {
		freePipe(fd)
	}
	return nil
}

func freePipe(fd int) {
	t := pipes
	t.mu.Lock()
	t.open[(fd-firstPipe)/2] = nil
	t.mu.Unlock()
}
