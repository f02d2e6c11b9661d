// Command mote builds Go programs for microcontrollers and runs them under an emulator. Run `mote help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"mote/internal/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := command.Main(ctx, os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(status)
}
