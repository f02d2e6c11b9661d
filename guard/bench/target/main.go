// Command target is the server side of guard bench: one server behind one defence, which serves one kind of work.
//
// It prints one line of JSON, Ready, when it listens, and one, Done, after it has been told to stop: by SIGTERM, or by the end of its standard input, so that it
// does not outlive whoever started it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/mote-go/mote/guard/bench/defence"
	"github.com/mote-go/mote/guard/bench/overhead"
)

// Ready is printed when the server listens.
type Ready struct {
	Address string `json:"address"`
	Go      string `json:"go"`
	Procs   int    `json:"gomaxprocs"`
}

// Done is printed when it has stopped.
type Done struct {
	CPU int64 `json:"cpu_ns"` // that the process used in all
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "target:", err)
		os.Exit(1)
	}
}

// run reads the flags and serves until told to stop.
func run() error {
	name := flag.String("defence", "none", fmt.Sprint("one of ", defence.Names()))
	proto := flag.String("proto", "http", "http, grpc, or pg: HTTP with a query")
	kind := flag.String("work", "cpu", "cpu or mixed")
	units := flag.Int("units", 0, "`units` of work in a millisecond, as printed by -calibrate")
	dsn := flag.String("dsn", "", "of PostgreSQL, for -proto=pg")
	measure := flag.Bool("calibrate", false, "print how many units of work a millisecond of CPU time does, and exit")
	cost := flag.Bool("overhead", false, "print what guard costs where nothing is wrong, and exit")
	flag.Parse()
	switch {
	case *measure:
		return print(calibrate())
	case *cost:
		costs, err := overhead.Measure(usage)
		if err != nil {
			return err
		}
		return print(costs)
	}
	w, err := newWork(*kind, *units)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s, err := newServer(*proto, *name, *dsn, w)
	if err != nil {
		return err
	}
	go s.Serve(listener) // ends with Stop
	if err := print(Ready{listener.Addr().String(), runtime.Version(), runtime.GOMAXPROCS(0)}); err != nil {
		return err
	}
	<-told()
	s.Stop()
	return print(Done{int64(usage())})
}

// told is closed when the program has been told to stop.
func told() <-chan struct{} {
	stop := make(chan struct{}, 2)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() { <-signals; stop <- struct{}{} }()
	go func() { io.Copy(io.Discard, os.Stdin); stop <- struct{}{} }()
	return stop
}

// print prints v as a line of JSON.
func print(v any) error { return json.NewEncoder(os.Stdout).Encode(v) }
