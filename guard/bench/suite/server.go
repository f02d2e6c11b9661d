package suite

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// processors is GOMAXPROCS of every server.
const processors = 2

// server is a running target.
type server struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser // it stops when this is closed
	stderr  *strings.Builder
	address string
}

// startServer starts a target and waits until it listens.
func startServer(ctx context.Context, p program, s Scenario, defence, dsn string) (*server, error) {
	cmd := exec.CommandContext(ctx, p.path, "-defence", defence, "-proto", s.Proto, "-work", s.Work, "-units", strconv.Itoa(p.units), "-dsn", dsn)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(processors))
	one := &server{cmd: cmd, stderr: new(strings.Builder)}
	cmd.Stderr = one.stderr
	cmd.WaitDelay = time.Second
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		one.stdin, err = cmd.StdinPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("server with %s: %w", defence, err)
	}
	var ready struct {
		Address string `json:"address"`
	}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &ready)
	}
	if err != nil {
		one.stop()
		return nil, fmt.Errorf("server with %s: %w: %s", defence, err, strings.TrimSpace(one.stderr.String()))
	}
	one.address = ready.Address
	return one, nil
}

// stop ends the server and waits for it. That it is killed when it does not end by itself is as good.
func (s *server) stop() {
	s.stdin.Close()
	timer := time.AfterFunc(5*time.Second, func() { s.cmd.Process.Kill() })
	defer timer.Stop()
	_ = s.cmd.Wait()
}
