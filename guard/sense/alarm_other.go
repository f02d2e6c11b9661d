//go:build !linux

package sense

import (
	"errors"
	"os"
	"time"
)

// alarm is there on Linux only.
type alarm struct{ rung chan os.Signal }

func newAlarm(int) (*alarm, error) { return nil, errors.ErrUnsupported }

func (a *alarm) set(time.Duration) bool { return false }

func (a *alarm) close() error { return nil }
