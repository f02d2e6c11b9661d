package command

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// TestInterrupted cancels a command that waits for input that never comes.
func TestInterrupted(t *testing.T) {
	in, never := io.Pipe()
	defer never.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if status := Main(ctx, []string{"report", "-"}, Streams{In: in, Out: &out, Err: &errs}); status != statusInterrupted {
		t.Errorf("status %d", status)
	}
	if out.Len() > 0 || errs.String() != "guard report: interrupted\n" {
		t.Errorf("printed %q, %q", &out, &errs)
	}
}

// TestEveryCommandHasUsage also reads the flags' texts: each names what it takes.
func TestEveryCommandHasUsage(t *testing.T) {
	for _, c := range commands() {
		usage := c.usage()
		if !strings.HasPrefix(usage, "usage: guard "+c.name+" ") || c.short == "" || c.long == "" {
			t.Errorf("usage of %s:\n%s", c.name, usage)
		}
		if strings.Contains(usage, " string\n") || strings.Contains(usage, " int\n") {
			t.Errorf("a flag of %s has no name for its value:\n%s", c.name, usage)
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := dir + "/file"
	if err := writeFile(name, func(w io.Writer) error { _, err := io.WriteString(w, "all"); return err }); err != nil {
		t.Fatal(err)
	}
	failed := writeFile(name, func(w io.Writer) error { io.WriteString(w, "half"); return io.ErrShortWrite })
	content, err := os.ReadFile(name)
	if failed == nil || err != nil || string(content) != "all" {
		t.Errorf("%v, %v, content %q", failed, err, content)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
