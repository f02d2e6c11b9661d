//go:build !unix

package suite

// favour does nothing.
func favour(int) {}
