//go:build mote

package runtime

import (
	"internal/goarch"
	"internal/goos"
)

// Compiler is the name of the toolchain that built the program.
const Compiler = "mote"

// GOOS and GOARCH are the target that the program was built for: "noos", and "thumb" or "riscv32".
const (
	GOOS   = goos.GOOS
	GOARCH = goarch.GOARCH
)

// Version is the Go release whose language and library this is.
//
// The number must be that of the toolchain line in go.mod; a test of package lib compares them.
func Version() string { return "go1.26.8" }

// GOROOT is where Go is installed: nowhere on a device.
//
// Deprecated: as in Go, run "go env GOROOT" instead.
func GOROOT() string { return "" }
