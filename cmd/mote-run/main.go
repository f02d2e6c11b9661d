// Command mote-run starts a signed bundle on a device: it is `mote deliver run` without the rest of mote. It checks the bundle, looks at the device,
// restricts itself to the bundle's profile and becomes its program; or it says why not and ends with status 1.
package main

import (
	"flag"
	"fmt"
	"os"

	"mote/deliver/launch"
)

func main() {
	var o launch.Options
	flag.StringVar(&o.Trust, "trust", "/etc/mote/trust.toml", "the `file` with the keys that the device trusts")
	flag.StringVar(&o.State, "state", "", "the `file` that remembers which version ran last; without it, an old bundle is not noticed")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: mote-run [-trust file] [-state file] bundle")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	o.Bundle = flag.Arg(0)
	err := launch.Run(o, func(line string) { fmt.Fprintln(os.Stderr, "mote-run:", line) })
	fmt.Fprintln(os.Stderr, "mote-run:", err)
	os.Exit(1)
}
