package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/mote-go/mote/guard/bench/load"
)

// Turn is one load against one server.
type Turn struct {
	Round  int          `json:"round"` // from 1
	Report *load.Report `json:"report"`

	// Processors used on average while the load lasted.
	Server    float64 `json:"server_cpus"`
	Generator float64 `json:"generator_cpus"`
	Others    float64 `json:"other_cpus"` // by what has nothing to do with the benchmark, and the kernel on nobody's behalf
}

// bystanders is how many CPUs others may use in a turn. In quiet there are 0.2, the kernel's work for connections among them.
const bystanders = 0.4

// invalid is why the turn says little about the server, empty if it does not: the generator fell behind, or somebody else used the machine.
func (t *Turn) invalid() string {
	if t.Report.Invalid == "" && t.Others > bystanders {
		return fmt.Sprintf("other processes used %.2f CPUs", t.Others)
	}
	return t.Report.Invalid
}

// connections is how many requests can be under way at once.
const connections = 1000

// turn starts a server behind a defence, loads it, and stops it.
func (r *runner) turn(ctx context.Context, s Scenario, defence string, p program, generator string) (Turn, error) {
	dsn, pids, err := r.database(ctx, s.Proto)
	if err != nil {
		return Turn{}, err
	}
	one, err := startServer(ctx, p, s, defence, dsn)
	if err != nil {
		return Turn{}, err
	}
	defer one.stop()
	return generate(ctx, generator, r.options, s, one.address, append(pids, one.cmd.Process.Pid)...)
}

// generate loads a server and returns what came of it. pids are the processes that count as the server.
func generate(ctx context.Context, generator string, o Options, s Scenario, address string, pids ...int) (Turn, error) {
	proto := "http"
	if s.Proto == "grpc" {
		proto = "grpc"
	}
	cmd := exec.CommandContext(ctx, generator, "-proto", proto, "-address", address, "-connections", strconv.Itoa(connections),
		"-rate", strconv.Itoa(o.Rate), "-for", s.Duration.String(), "-limit", limit.String(),
		"-settle", o.Settle.String(), "-settle-rate", strconv.Itoa(o.SettleRate))
	var out, complaint strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaint
	cmd.WaitDelay = time.Second
	machine, own, began := machineCPU(), sum(pids), time.Now()
	if err := cmd.Start(); err != nil {
		return Turn{}, fmt.Errorf("load generator: %w", err)
	}
	if err := cmd.Wait(); err != nil {
		return Turn{}, fmt.Errorf("load generator: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	wall := time.Since(began).Seconds()
	turn := Turn{Server: (sum(pids) - own).Seconds() / wall}
	turn.Generator = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds() / wall
	turn.Others = max((machineCPU()-machine).Seconds()/wall-turn.Server-turn.Generator, 0)
	if err := json.Unmarshal([]byte(out.String()), &turn.Report); err != nil {
		return Turn{}, fmt.Errorf("load generator: %w", err)
	}
	return turn, nil
}

// sum is the CPU time of processes.
func sum(pids []int) (used time.Duration) {
	for _, pid := range pids {
		used += processCPU(pid)
	}
	return used
}
