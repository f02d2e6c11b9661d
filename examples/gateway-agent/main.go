// Command gateway-agent is a small service as it runs on a gateway between microcontrollers and a cloud: HTTP over a store of values, metrics, and
// look-ups of names. It shows what a program for a locked-down Linux device looks like: no cgo, its own look at itself before it begins, and
// everything that it needs in a policy (device.toml). `make deliver` takes it from this source to a signed bundle that a booted device runs.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"mote/deliver/policy"
	"mote/deliver/sandbox"
	"mote/deliver/selfcheck"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "`address` to listen on")
	data := flag.String("data", "/data", "`folder` of the store")
	policyFile := flag.String("policy", "", "restrict the agent to the policy in this JSON `file`; mote-run has done so before")
	probe := flag.Bool("probe", false, "serve /debug/forbidden, which tries what a sandbox must refuse")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, *listen, *data, *policyFile, *probe); err != nil {
		log.Fatal(err)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, listen, data, policyFile string, probe bool) error {
	report := selfcheck.Run(selfcheck.Options{ReadOnly: []string{"/"}})
	for _, f := range report.Findings {
		log.Print(f)
	}
	// A writable root is a fault of a device and normal on a workbench, so only changed code and foreign code stop the agent.
	for _, code := range []string{"text", "mappings"} {
		if report.Worst(code) == selfcheck.Failure {
			return report.Err()
		}
	}
	store, err := openStore(data)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	if policyFile != "" {
		if err := restrict(policyFile); err != nil {
			return err
		}
	}
	log.Printf("listening on %s", listener.Addr())
	return serve(ctx, listener, newServer(store, report, probe))
}

// restrict installs a policy. From here on the agent can do what the policy allows, and nothing else.
func restrict(file string) error {
	p, err := policy.Read(file)
	if err != nil {
		return err
	}
	return sandbox.Install(p)
}

// serve answers until ctx ends, then finishes what has begun.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 1 << 14}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
