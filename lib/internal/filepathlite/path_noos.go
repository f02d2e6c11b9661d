//go:build mote

package filepathlite

import (
	"internal/bytealg"
	"internal/stringslite"
)

// Paths have Unix form: semihosting hands them to the host as they are.
const (
	Separator     = '/'
	ListSeparator = ':'
)

// IsPathSeparator reports whether c separates the elements of a path.
func IsPathSeparator(c uint8) bool { return c == Separator }

// IsAbs reports whether path is absolute.
func IsAbs(path string) bool { return stringslite.HasPrefix(path, "/") }

func isLocal(path string) bool { return unixIsLocal(path) }

// localize turns a valid slash-separated path into one of the operating system; only a NUL byte cannot be expressed.
func localize(path string) (string, error) {
	if bytealg.IndexByteString(path, 0) >= 0 {
		return "", errInvalidPath
	}
	return path, nil
}

// volumeNameLen is the length of a leading volume name; there are no volumes.
func volumeNameLen(path string) int { return 0 }
