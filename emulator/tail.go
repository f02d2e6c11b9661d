package emulator

import "io"

// tail passes on what is written to it and keeps the end.
type tail struct {
	to   io.Writer // may be nil
	kept []byte
}

// maxTail is enough for QEMU's messages, of which only the last matters.
const maxTail = 4096

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if n := len(t.kept); n > maxTail {
		t.kept = append(t.kept[:0], t.kept[n-maxTail:]...)
	}
	if t.to == nil {
		return len(p), nil
	}
	return t.to.Write(p)
}

func (t *tail) String() string { return string(t.kept) }
