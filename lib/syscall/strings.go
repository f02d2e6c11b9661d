//go:build mote

package syscall

import "internal/bytealg"

// ByteSliceFromString returns s with a NUL at the end; EINVAL if s holds one itself.
func ByteSliceFromString(s string) ([]byte, error) {
	if bytealg.IndexByteString(s, 0) >= 0 {
		return nil, EINVAL
	}
	return append([]byte(s), 0), nil
}

// BytePtrFromString returns a pointer to s with a NUL at the end; EINVAL if s holds one itself.
func BytePtrFromString(s string) (*byte, error) {
	b, err := ByteSliceFromString(s)
	if err != nil {
		return nil, err
	}
	return &b[0], nil
}
