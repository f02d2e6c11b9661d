package mote

import (
	"embed"
	"io/fs"
)

// guest is the source of the boot gate's /init: the packages of this module that it is made of, and the versions of the others.
//
//go:embed go.mod go.sum internal/diag deliver/policy deliver/syscalls deliver/record deliver/device deliver/boot/console deliver/boot/guest
var guest embed.FS

// GuestSource returns the files, by their path in the module, of which deliver/boot builds the program that it boots.
func GuestSource() fs.FS { return guest }

// GuestPackage is the import path of that program.
const GuestPackage = Module + "/deliver/boot/guest"

// launcher is the source of mote-run.
//
//go:embed go.mod go.sum internal/diag deliver/policy deliver/syscalls deliver/device deliver/sandbox deliver/selfcheck deliver/bundle deliver/launch cmd/mote-run
var launcher embed.FS

// LauncherSource returns the files, by their path in the module, of which deliver/boot builds the program that starts bundles in the guest.
func LauncherSource() fs.FS { return launcher }

// LauncherPackage is the import path of that program.
const LauncherPackage = Module + "/cmd/mote-run"
