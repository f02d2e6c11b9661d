//go:build !linux

package load

// Favour does nothing here.
func Favour() string { return "ordinary" }
