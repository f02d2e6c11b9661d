package testrun

import (
	"bytes"
	"io"
)

// lineWriter passes on whole lines only, all that came at once in one piece, each as edit returns it.
type lineWriter struct {
	to   io.Writer
	edit func(line []byte) []byte // nil leaves them as they are
	rest []byte                   // of a line that has not ended
}

// Write implements io.Writer.
func (w *lineWriter) Write(p []byte) (int, error) {
	var out []byte
	for line := range bytes.Lines(p) {
		w.rest = append(w.rest, line...)
		if line[len(line)-1] != '\n' {
			break
		}
		if w.edit != nil {
			w.rest = w.edit(w.rest)
		}
		out = append(out, w.rest...)
		w.rest = nil
	}
	if len(out) > 0 {
		if _, err := w.to.Write(out); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// Close writes what is held. It does not close the writer below.
func (w *lineWriter) Close() error {
	_, err := w.to.Write(w.rest)
	return err
}

// lineReader shows each line that is written to it, without its end and the marker that test2json wants in front of some.
type lineReader struct {
	look func(line string)
	line []byte
}

// maxLine is as long as a line that matters can be; of others the beginning is shown.
const maxLine = 256

// Write implements io.Writer. It never fails.
func (r *lineReader) Write(p []byte) (int, error) {
	for _, c := range p {
		if c == '\n' {
			r.look(string(bytes.TrimPrefix(r.line, []byte(marker))))
			r.line = r.line[:0]
		} else if len(r.line) < maxLine {
			r.line = append(r.line, c)
		}
	}
	return len(p), nil
}

// marker begins the lines that test2json reads, where the program says -test.v=test2json.
const marker = "\x16"
