package command

import (
	"fmt"
	"io"
	"os"
)

// progress shows on a terminal which stage a build is in, on a line that is gone afterwards. Elsewhere it is silent.
type progress struct {
	to    io.Writer // nil: silent
	shown bool
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		return &progress{to: w}
	}
	return &progress{}
}

// eraseLine goes to the first column and clears the line (ECMA-48).
const eraseLine = "\r\x1b[K"

func (p *progress) stage(name string) {
	if p.to != nil {
		fmt.Fprintf(p.to, "%s%s...", eraseLine, name)
		p.shown = true
	}
}

func (p *progress) clear() {
	if p.shown {
		io.WriteString(p.to, eraseLine)
		p.shown = false
	}
}

// isTerminal reports whether f is a character device other than the null device.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
