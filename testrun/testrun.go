// Package testrun is what `mote test` does: it builds the test program of each package, boots it in the emulator and reports as
// `go test` does.
//
// The program is the go command's: the package with its _test.go files, the standard testing package, and a main that the go command
// writes. A device thus prints what the program of go test prints, and with -json the go command's own test2json makes the events of it.
// The emulator runs in the package's folder, so testdata is found through semihosting. Packages are built and run side by
// side and reported in order; one that cannot be built, faults or hangs fails, and the rest goes on.
//
// Start reading at Run; one package's way is in program.go.
package testrun

import (
	"context"
	"fmt"
	"io"

	"mote/compiler"
	"mote/compiler/load"
)

// Config says what to test and how to tell.
type Config struct {
	Build    compiler.Config // Patterns may match several packages
	Options  Options
	Args     []string // further arguments of the test programs
	Jobs     int      // how many packages are built and run at once; 0 means 1
	JSON     bool     // write events as go test -json does
	Go       string   // the go command; "" is "go" from PATH
	Out, Err io.Writer
}

// implicitPackage says that nobody named the package under test: go test then passes everything on that its program prints.
func (cfg Config) implicitPackage() bool { return len(cfg.Build.Patterns) == 0 }

// Run tests the packages that cfg.Build.Patterns match and reports whether all passed. Its error is one that kept it from
// testing anything; what is wrong with a package goes to Out and Err. It blocks; cancelling ctx stops the emulators.
func Run(ctx context.Context, cfg Config) (passed bool, err error) {
	packages, err := compiler.Find(cfg.Build)
	if err != nil {
		return false, err
	}
	passed = newSchedule(cfg, packages).run(ctx)
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if !passed && !cfg.JSON && !cfg.implicitPackage() {
		fmt.Fprintln(cfg.Out, "FAIL")
	}
	return passed, nil
}

// Build makes the test program of the one package that cfg.Build.Patterns match, for `mote test -c`.
func Build(ctx context.Context, cfg Config) (*compiler.Image, error) {
	cfg.Build.Test = true
	return compiler.Build(ctx, cfg.Build)
}

// testConfig is the build of one package's test program. Files are named as they were; what a pattern matched by its path.
func (cfg Config) testConfig(pkg load.Found) compiler.Config {
	build := cfg.Build
	build.Test = true
	if pkg.Path != "command-line-arguments" {
		build.Patterns = []string{pkg.Path}
	}
	return build
}
