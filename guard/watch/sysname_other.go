//go:build linux && !amd64 && !arm64

package watch

// sysnames is empty where the numbers are not known; calls are then shown by number.
const sysnames = ""
