package trace

import (
	"fmt"
	"strings"

	"mote/internal/diag"
)

// trace renders a goroutine's calls as Go does, leaving out the runtime's own functions unless there is nothing else.
func (w *Writer) trace(s stack) string {
	var all, shown []string
	for _, pc := range w.image.unwind(s) {
		frames := w.image.Resolve(pc)
		if frames == nil {
			all = append(all, fmt.Sprintf("?(...)\n\tpc=%#08x\n", pc))
		}
		for _, f := range frames {
			text := w.frame(f)
			all = append(all, text)
			if f.Function == "runtime.gopanic" && len(shown) > 0 {
				shown = append(shown, "panic"+text[strings.Index(text, "("):])
			} else if !inRuntime(f.Function) {
				shown = append(shown, text)
			}
		}
	}
	if len(shown) == 0 {
		shown = all
	}
	return strings.Join(elide(shown), "")
}

// elide keeps the first and last 50 frames of a deep recursion.
func elide(frames []string) []string {
	const keep = 50
	if len(frames) <= 2*keep {
		return frames
	}
	middle := fmt.Sprintf("...%d frames elided...\n", len(frames)-2*keep)
	return append(append(append([]string{}, frames[:keep]...), middle), frames[len(frames)-keep:]...)
}

// frame renders one call: the function, then its place. Arguments are not known.
func (w *Writer) frame(f Frame) string {
	arguments := "(...)"
	if f.Function == "main.main" {
		arguments = "()"
	}
	text := printName(f.Function) + arguments + "\n\t" + w.place(f)
	if !f.Inlined {
		text += fmt.Sprintf(" +%#x", f.Offset)
	}
	return text + "\n"
}

// printName shortens type arguments as Go does, drops the number by which the loader tells initialisers and other functions of one
// name apart ("init·2"), and gives a nameless function a question mark.
func printName(function string) string {
	if function == "" {
		return "?"
	}
	if i, j := strings.Index(function, "["), strings.LastIndex(function, "]"); i >= 0 && j > i {
		function = function[:i+1] + "..." + function[j:]
	}
	if name, number, ok := strings.Cut(function, "·"); ok && strings.Trim(number, "0123456789") == "" {
		return name
	}
	return function
}

func (w *Writer) place(f Frame) string {
	if f.File == "" || f.Line == 0 {
		return "?"
	}
	return fmt.Sprintf("%s:%d", diag.Relative(w.dir, f.File), f.Line)
}

// fault names the addresses of a fault report, one per line.
func (w *Writer) fault(values map[string]uint64) string {
	var b strings.Builder
	for _, name := range []string{"pc", "lr"} {
		addr, ok := values[name]
		if !ok || addr == 0 { // 0: the registers could not be saved, or a call of nothing
			continue
		}
		if name == "lr" {
			addr = w.image.callSite(addr)
		}
		if frames := w.image.Resolve(addr); frames != nil {
			fmt.Fprintf(&b, "\t%s: %s %s\n", name, printName(frames[0].Function), w.place(frames[0]))
		}
	}
	if addr, ok := values["addr"]; ok && addr != 0 {
		if name := w.image.variable(addr); name != "" {
			fmt.Fprintf(&b, "\taddr: in %s\n", name)
		} else if frames := w.image.Resolve(addr); frames != nil {
			fmt.Fprintf(&b, "\taddr: in %s\n", printName(frames[0].Function))
		}
	}
	return b.String()
}
