// Command mote builds Go programs for microcontrollers and runs them under an emulator. Run `mote help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"mote/internal/command"
)

func main() {
	debug.SetGCPercent(400) // a build lives for seconds: memory is cheaper than collections, which cost a sixth of its time
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := command.Main(ctx, os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(status)
}
