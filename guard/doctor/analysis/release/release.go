// Package release tells which language and library version a package is written for. From Go 1.23 on (go line of the main module), a timer or ticker that
// nothing refers to is collected although it was not stopped.
package release

import (
	"go/version"

	"golang.org/x/tools/go/analysis"
)

// Before tells whether the package is built as for a Go release before the given one, such as "go1.23". A package without a
// version is new.
func Before(pass *analysis.Pass, release string) bool {
	written := pass.Pkg.GoVersion()
	if written == "" && pass.Module != nil && pass.Module.GoVersion != "" {
		written = "go" + pass.Module.GoVersion
	}
	return written != "" && version.Compare(written, release) < 0
}
