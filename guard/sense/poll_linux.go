package sense

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mote-go/mote/guard/internal/raw"
)

// timerfd is timerfd_create(2) as a file that the network poller watches.
type timerfd struct {
	file   *os.File
	fd     int
	buffer [8]byte
}

func openPollSource() (pollSource, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("timerfd_create: %w", err)
	}
	return &timerfd{file: os.NewFile(uintptr(fd), "timerfd"), fd: fd}, nil
}

func (t *timerfd) arm(after time.Duration) error { return raw.SetTimer(uintptr(t.fd), after) }

func (t *timerfd) wait() bool {
	_, err := t.file.Read(t.buffer[:])
	return err == nil
}

func (t *timerfd) close() error { return t.file.Close() }
