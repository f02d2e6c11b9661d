package mem

import (
	"io"
	"iter"
	"runtime"
	"strconv"
	"time"
)

// Held lists what was taken since Trace and not given back, in no order.
func Held() iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		for i := range tracer.ring {
			if r := &tracer.ring[i]; r.state.Load() == recordHeld && !yield(r) {
				return
			}
		}
	}
}

// Lost counts the records that were overwritten while their memory was held, because the ring was full.
func Lost() int { return int(tracer.lost.Load()) }

// Where is the call that took the memory.
func (r *Record) Where() runtime.Frame {
	frame, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	return frame
}

// Report writes a line for each record that Held lists:
//
//	mem: 48 bytes at 0x20000400 held since 1.204s, taken by main.read (main.go:31)
//
// and one more if records were lost.
func Report(w io.Writer) error {
	var line []byte
	for r := range Held() {
		frame := r.Where()
		line = append(line[:0], "mem: "...)
		line = strconv.AppendUint(line, uint64(r.Size), 10)
		line = append(line, " bytes at 0x"...)
		line = strconv.AppendUint(line, uint64(r.Address), 16)
		line = append(line, " held since "...)
		line = append(line, r.Time.Round(time.Millisecond).String()...)
		line = append(line, ", taken by "...)
		line = append(append(line, frame.Function...), " ("...)
		line = append(append(line, frame.File...), ':')
		line = append(strconv.AppendInt(line, int64(frame.Line), 10), ")\n"...)
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	if Lost() == 0 {
		return nil
	}
	line = strconv.AppendInt(append(line[:0], "mem: "...), int64(Lost()), 10)
	_, err := w.Write(append(line, " records were lost: the ring is too short\n"...))
	return err
}
