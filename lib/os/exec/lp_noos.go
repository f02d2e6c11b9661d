//go:build mote

package exec

import "errors"

// ErrNotFound is the error of every search for an executable: a device has none.
var ErrNotFound = errors.New("executable file not found in $PATH")

func lookPath(file string) (string, error) { return "", &Error{file, ErrNotFound} }

func lookExtensions(path, dir string) (string, error) { return path, nil }
