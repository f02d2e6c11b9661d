//go:build linux && !amd64 && !arm64

package watch

// stacks are not known on this architecture.
func stacks(pid int, tids []int) map[int][]uint64 { return nil }
