//go:build !linux

package lane

// lower can do nothing: there is no priority of a thread that could be set without a library of the system.
func lower(int) bool { return false }
