//go:build mote

package os

import (
	"errors"
	"internal/bytealg"
	"internal/strconv"
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

// CreateTemp creates a file with a new name in dir (TempDir when empty). A random number takes the place of the last "*" in
// pattern or follows it.
func CreateTemp(dir, pattern string) (*File, error) {
	prefix, suffix, err := splitPattern(dir, pattern)
	if err != nil {
		return nil, &PathError{Op: "createtemp", Path: pattern, Err: err}
	}
	const attempts = 10000
	for i := 0; ; i++ {
		name := prefix + strconv.Itoa(int(uint32(runtime_rand())>>1)) + suffix
		f, err := OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0o600)
		if !IsExist(err) || i == attempts {
			return f, err
		}
	}
}

// MkdirTemp is not supported.
func MkdirTemp(dir, pattern string) (string, error) {
	if _, _, err := splitPattern(dir, pattern); err != nil {
		return "", &PathError{Op: "mkdirtemp", Path: pattern, Err: err}
	}
	return "", unsupported("mkdirtemp", pattern)
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
	return dir + "/" + prefix, suffix, nil
}
