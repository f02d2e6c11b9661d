//go:build mote

package os

import (
	"errors"
	"internal/bytealg"
	"internal/strconv"
	"syscall"
	_ "unsafe" // for go:linkname
)

// Safety: runtime.rand has this signature.
//
//go:linkname runtime_rand runtime.rand
func runtime_rand() uint64

// TempDir is the folder for temporary files on the host: $TMPDIR or /tmp.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

// nextRandom is a number for a new name. Boards repeat their random numbers in each run, so programs that run at the same time
// on one host need a difference.
func nextRandom() string { return strconv.Itoa(int((uint32(runtime_rand()) ^ syscall.HostID()) >> 1)) }

// attempts is how many names are tried for a temporary file.
const attempts = 10000

// CreateTemp creates a file with a new name in dir (TempDir when empty). A random number takes the place of the last "*" in
// pattern or follows it.
func CreateTemp(dir, pattern string) (*File, error) {
	prefix, suffix, err := splitPattern(dir, pattern)
	if err != nil {
		return nil, &PathError{Op: "createtemp", Path: pattern, Err: err}
	}
	for range attempts {
		f, err := OpenFile(prefix+nextRandom()+suffix, O_RDWR|O_CREATE|O_EXCL, 0o600)
		if !IsExist(err) {
			return f, err
		}
	}
	return nil, &PathError{Op: "createtemp", Path: prefix + "*" + suffix, Err: ErrExist}
}

// MkdirTemp makes a folder with a new name, formed as CreateTemp does it, and returns its path.
func MkdirTemp(dir, pattern string) (string, error) {
	prefix, suffix, err := splitPattern(dir, pattern)
	if err != nil {
		return "", &PathError{Op: "mkdirtemp", Path: pattern, Err: err}
	}
	for range attempts {
		name := prefix + nextRandom() + suffix
		err := Mkdir(name, 0o700)
		if err == nil {
			return name, nil
		}
		if IsNotExist(err) {
			if dir == "" {
				dir = TempDir()
			}
			if _, err := Stat(dir); IsNotExist(err) {
				return "", err
			}
		}
		if !IsExist(err) {
			return "", err
		}
	}
	return "", &PathError{Op: "mkdirtemp", Path: prefix + "*" + suffix, Err: ErrExist}
}

// splitPattern returns what stands before and after the random number in the path.
func splitPattern(dir, pattern string) (prefix, suffix string, err error) {
	if bytealg.IndexByteString(pattern, PathSeparator) >= 0 {
		return "", "", errors.New("pattern contains path separator")
	}
	if dir == "" {
		dir = TempDir()
	}
	prefix = pattern
	if i := bytealg.LastIndexByteString(pattern, '*'); i >= 0 {
		prefix, suffix = pattern[:i], pattern[i+1:]
	}
	return joinPath(dir, prefix), suffix, nil
}
