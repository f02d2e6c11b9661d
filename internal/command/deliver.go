package command

import (
	"flag"

	"mote/deliver/device"
)

// deliverCommand groups the steps that take a program to a Linux device; each is a file deliver_*.go.
func deliverCommand() command {
	return command{
		name:     "deliver",
		synopsis: "<command> [flags] [arguments]",
		short:    "Make, check, boot and sign programs for Linux devices",
		subs:     deliverCommands(),
	}
}

// deliverCommands lists the steps in the order in which a program takes them.
func deliverCommands() []command {
	return []command{
		deliverPlanCommand(), deliverBuildCommand(), deliverVerifyCommand(), deliverBootCommand(),
		deliverProfileCommand(), deliverSignCommand(), deliverCheckCommand(), deliverRunCommand(),
	}
}

// profileLoader returns the profile that -profile names.
type profileLoader func() (*device.Profile, error)

// profileFlag defines -profile of the commands of deliver: the device.
func profileFlag(fs *flag.FlagSet) profileLoader {
	ref := fs.String("profile", "generic-arm64", "the device: a `profile` that 'mote deliver plan -list' names, or a .toml file")
	return func() (*device.Profile, error) { return device.Load(*ref) }
}
