// Command guard looks into Go programs that starve their goroutines: `guard report` says from a trace who made others wait, `guard doctor` finds risks in
// sources, binaries and running processes, and `guard bench` compares ways to defend a service against overload. Run `guard help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/mote-go/mote/guard/cmd/guard/internal/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := command.Main(ctx, os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(status)
}
