//go:build !linux

package load

import (
	"context"
	"errors"
)

// HTTP needs epoll.
func HTTP(context.Context, Spec, string, string, int) (*Report, error) {
	return nil, errors.New("the load generator runs on Linux only")
}
