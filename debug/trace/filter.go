package trace

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// Writer passes a device's output on and replaces raw traces by resolved ones. Ordinary output goes through at once, also
// in the middle of a line; only what may be the beginning of a raw line waits for its end.
type Writer struct {
	to    io.Writer
	image *Image
	dir   string
	line  []byte            // a held line, so far
	plain bool              // the current line is ordinary and goes through
	stack *stack            // being collected
	last  map[string]uint64 // numbers of the last fault report
}

// NewWriter filters what is written to it into to. File names are shown relative to dir when that is shorter; "" leaves them.
// Close it at the end.
func NewWriter(to io.Writer, image *Image, dir string) *Writer {
	return &Writer{to: to, image: image, dir: dir}
}

// Beginnings of the lines that are held back.
const (
	markPC    = "\tpc=0x"
	markRA    = "\tra=0x"
	markFault = "[fault kind="
)

// maxWords bounds what is kept of a stack that never ends.
const maxWords = 4096

// maxLine bounds a held line; a longer one is no raw line.
const maxLine = 512

// Write implements io.Writer. Its error is that of the writer below.
func (w *Writer) Write(p []byte) (int, error) {
	var out bytes.Buffer
	for rest := p; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n') + 1
		whole := n > 0
		if !whole {
			n = len(rest)
		}
		w.put(&out, rest[:n], whole)
		rest = rest[n:]
	}
	if out.Len() > 0 {
		if _, err := w.to.Write(out.Bytes()); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// Close writes what is still held. It does not close the writer below.
func (w *Writer) Close() error {
	var out bytes.Buffer
	if len(w.line) > 0 {
		line := w.line
		w.line = nil
		w.finish(&out, line)
	}
	w.endStack(&out)
	_, err := w.to.Write(out.Bytes())
	return err
}

// put takes a part of a line, or its end.
func (w *Writer) put(out *bytes.Buffer, part []byte, whole bool) {
	if w.plain {
		out.Write(part)
		w.plain = !whole
		return
	}
	w.line = append(w.line, part...)
	switch {
	case whole:
		line := w.line
		w.line = nil
		w.finish(out, line)
	case !mayBeRaw(w.line):
		w.endStack(out)
		out.Write(w.line)
		w.line, w.plain = nil, true
	}
}

// mayBeRaw says whether a line that begins so can still become a raw one.
func mayBeRaw(line []byte) bool {
	if len(line) > maxLine {
		return false
	}
	for _, mark := range []string{markPC, markRA, markFault} {
		n := min(len(mark), len(line))
		if string(line[:n]) == mark[:n] {
			return true
		}
	}
	return false
}

// finish handles a complete line.
func (w *Writer) finish(out *bytes.Buffer, line []byte) {
	text := string(line)
	values := fields(text)
	switch {
	case strings.HasPrefix(text, markPC) && len(values) >= 2:
		w.endStack(out)
		w.stack = &stack{pc: values["pc"], sp: values["sp"], lr: values["lr"]}
		if w.stack.lr == 0 && w.last["pc"] == values["pc"] {
			w.stack.lr = w.last["lr"]
		}
	case strings.HasPrefix(text, markRA) && len(values) == 2 && w.stack != nil && len(w.stack.words) < maxWords:
		w.stack.words = append(w.stack.words, word{at: values["sp"], value: values["ra"]})
	case strings.HasPrefix(text, markFault) && len(values) > 2:
		w.endStack(out)
		w.last = values
		out.WriteString(strings.TrimRight(text, "\n") + "\n")
		out.WriteString(w.fault(values))
	default:
		w.endStack(out)
		out.WriteString(text)
	}
}

func (w *Writer) endStack(out *bytes.Buffer) {
	if w.stack != nil {
		out.WriteString(w.trace(*w.stack))
		w.stack = nil
	}
}

// fields reads name=0xNUMBER pairs of a raw line; a pair that is none is left out.
func fields(line string) map[string]uint64 {
	values := map[string]uint64{}
	for _, f := range strings.Fields(strings.Trim(line, "\t\n\r[]")) {
		name, number, ok := strings.Cut(f, "=")
		if !ok {
			continue
		}
		if v, err := strconv.ParseUint(number, 0, 32); err == nil {
			values[name] = v
		}
	}
	return values
}
