//go:build !linux

package sense

import (
	"errors"
	"time"
)

func openPollSource(time.Duration) (pollSource, error) { return nil, errors.ErrUnsupported }
