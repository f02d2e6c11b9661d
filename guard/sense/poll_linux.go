package sense

import (
	"encoding/binary"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// timerfd is timerfd_create(2), periodic, as a file that the network poller watches.
type timerfd struct {
	file   *os.File
	fd     int
	every  time.Duration
	buffer [8]byte
}

func openPollSource(every time.Duration) (pollSource, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("timerfd_create: %w", err)
	}
	period := unix.NsecToTimespec(int64(every))
	if err := unix.TimerfdSettime(fd, 0, &unix.ItimerSpec{Interval: period, Value: period}, nil); err != nil {
		unix.Close(fd)
		return nil, fmt.Errorf("timerfd_settime: %w", err)
	}
	return &timerfd{file: os.NewFile(uintptr(fd), "timerfd"), fd: fd, every: every}, nil
}

func (t *timerfd) wait() (time.Duration, bool) {
	if _, err := t.file.Read(t.buffer[:]); err != nil {
		return 0, false
	}
	missed := binary.NativeEndian.Uint64(t.buffer[:]) - 1
	var left unix.ItimerSpec
	if err := unix.TimerfdGettime(t.fd, &left); err != nil {
		return 0, false
	}
	return time.Duration(missed)*t.every + t.every - time.Duration(left.Value.Nano()), true
}

func (t *timerfd) close() error { return t.file.Close() }
