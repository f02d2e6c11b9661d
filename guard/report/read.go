package report

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/exp/trace"
)

// headerLen is the length of the line that a trace begins with: "go 1.22 trace", padded with zeros.
const headerLen = 16

// oldest is the first Go release whose traces have this form; those before have no stable order of events across processors.
const oldest = 22

// read gives every event of r to f. It returns why it stopped early, if it did after at least one event that says something, and an error
// if there is nothing to report on.
func read(r io.Reader, o Options, f *follower) (cut string, err error) {
	br := bufio.NewReader(io.LimitReader(r, o.MaxBytes))
	if err := checkHeader(br); err != nil {
		return "", err
	}
	stop := follow(br, o, f)
	switch {
	case stop == nil:
	case f.events == 0:
		return "", fmt.Errorf("trace cannot be read: %w", stop)
	default:
		cut = stop.Error()
	}
	if f.events == 0 {
		return "", errors.New("trace has no events")
	}
	return cut, nil
}

func checkHeader(br *bufio.Reader) error {
	head, err := br.Peek(headerLen)
	if err != nil {
		if len(head) == 0 && err == io.EOF {
			return errors.New("trace is empty")
		}
		if err != io.EOF {
			return fmt.Errorf("reading the trace: %w", err)
		}
	}
	var minor int
	if _, err := fmt.Sscanf(string(bytes.TrimRight(head, "\x00")), "go 1.%d trace", &minor); err != nil {
		return fmt.Errorf("not a Go execution trace: begins with %q", head)
	}
	if minor < oldest {
		return fmt.Errorf("trace is of Go 1.%d: only those of Go 1.%d and later can be read", minor, oldest)
	}
	return nil
}

// follow reads until the end or to the first fault. A damaged trace can make the library panic; that is an error of the trace like any other.
func follow(r io.Reader, o Options, f *follower) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("trace is damaged after %d events: %v", f.events, p)
		}
	}()
	tr, err := trace.NewReader(r)
	if err != nil {
		return err
	}
	for f.events < o.MaxEvents {
		ev, err := tr.ReadEvent()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("trace is cut off or damaged after %d events: %s", f.events, firstLine(err))
		}
		f.event(ev)
	}
	return fmt.Errorf("trace has more than %d events", o.MaxEvents)
}

// firstLine leaves out the dump of reader state that the library's errors go on with.
func firstLine(err error) string {
	line, _, _ := bytes.Cut([]byte(err.Error()), []byte("\n"))
	const most = 200
	if len(line) > most {
		line = line[:most]
	}
	return string(line)
}
