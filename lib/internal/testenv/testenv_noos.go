//go:build mote

package testenv

import (
	"errors"
	"io/fs"
	"os"
)

// Sigquit would end a process that hangs. There are no processes, so any signal does.
var Sigquit = os.Kill

// syscallIsNotSupported reports whether err says that the system lacks an operation.
func syscallIsNotSupported(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported)
}
