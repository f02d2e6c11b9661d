//go:build !linux

package sense

import "errors"

func openPollSource() (pollSource, error) { return nil, errors.ErrUnsupported }
