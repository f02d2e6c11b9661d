// Package mote carries the packages that firmware imports by the path of this module: mote/rtos, mote/mem.
//
// They are ordinary packages here, tested on the host like all others. The mote binary embeds their sources, so that a firmware
// module imports them without a requirement in its go.mod: compiler/load lays them over GOROOT/src, beside the port.
package mote

import (
	"embed"
	"io/fs"
)

// Module is the module path, and the prefix of the import paths of what Firmware returns.
const Module = "mote"

//go:embed mem rtos
var firmware embed.FS

// Firmware returns the files of the packages for firmware by their path below the module.
func Firmware() fs.FS { return firmware }
