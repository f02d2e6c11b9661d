//go:build mote

package goos

// GOOS is the operating system: none.
const GOOS = "noos"

// The Is constants are 1 for the operating system that is meant and 0 for all others.
const (
	IsAix       = 0
	IsAndroid   = 0
	IsDarwin    = 0
	IsDragonfly = 0
	IsFreebsd   = 0
	IsHurd      = 0
	IsIllumos   = 0
	IsIos       = 0
	IsJs        = 0
	IsLinux     = 0
	IsNacl      = 0
	IsNetbsd    = 0
	IsOpenbsd   = 0
	IsPlan9     = 0
	IsSolaris   = 0
	IsWasip1    = 0
	IsWindows   = 0
	IsZos       = 0
)
