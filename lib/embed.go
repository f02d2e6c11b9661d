// Package lib holds the port of Go's standard library to bare metal, under the import paths of what it ports.
//
// On the host this package is only the carrier: it embeds the port's files so that the mote binary needs nothing beside it.
// A folder that contains a file REPLACE stands for its whole package of GOROOT; otherwise its files are added to that package.
// Each file for the device carries `//go:build mote`, so that go build and go vet pass over it on the host; packages
// without that line are pure and are tested there. Folders without Go files (assembly, builtins) are read by the link stage through Files.
package lib

import (
	"embed"
	"io/fs"
)

//go:embed *
var files embed.FS

// ReplaceMarker is the name of the file that makes a folder replace its package as a whole. It holds the reason, in one line.
const ReplaceMarker = "REPLACE"

// Files returns the port's files by their path below lib. The names are import paths followed by a file name.
func Files() fs.FS { return files }
