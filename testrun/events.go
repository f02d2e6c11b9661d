package testrun

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// test2json is a running `go tool test2json`, which turns what a test program prints into the events that tools read.
type test2json struct {
	io.WriteCloser
	cmd *exec.Cmd
	out *lineWriter
}

func (s *schedule) startTest2JSON(ctx context.Context, path string, out io.Writer) (*test2json, error) {
	program := s.Go
	if program == "" {
		program = "go"
	}
	t := &test2json{cmd: exec.CommandContext(ctx, program, "tool", "test2json", "-t", "-p", path), out: &lineWriter{to: out}}
	t.cmd.Stdout, t.cmd.Stderr = t.out, s.err
	var err error
	if t.WriteCloser, err = t.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := t.cmd.Start(); err != nil {
		return nil, fmt.Errorf("go tool test2json: %w", err)
	}
	return t, nil
}

// Close waits until all events are written.
func (t *test2json) Close() error {
	if err := t.WriteCloser.Close(); err != nil {
		return err
	}
	return t.cmd.Wait()
}

// buildEvent is what `go test -json` says about a package that cannot be built (go help buildjson).
type buildEvent struct {
	ImportPath string
	Action     string
	Output     string `json:",omitempty"`
}

// buildEvents tells a failed build, one event a line of text.
func buildEvents(path, text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	name := fmt.Sprintf("%s [%[1]s.test]", path)
	for line := range strings.Lines(text) {
		enc.Encode(buildEvent{ImportPath: name, Action: "build-output", Output: line})
	}
	enc.Encode(buildEvent{ImportPath: name, Action: "build-fail"})
	return b.Bytes()
}
