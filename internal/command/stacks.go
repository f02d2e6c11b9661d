package command

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"mote/compiler"
	"mote/compiler/slots"
	"mote/compiler/stack"
	"mote/internal/diag"
	"mote/target"
)

// stackReport is what `mote build -stack -json` adds. Sizes are in bytes.
type stackReport struct {
	Main       stackRow   `json:"main"`
	Goroutines []stackRow `json:"goroutines"`
	Handler    struct {
		Size     int64      `json:"size"`
		Bytes    int64      `json:"bytes,omitempty"` // all together; missing when one has no bound
		Handlers []stackRow `json:"handlers"`
	} `json:"handler_stack"`
	Slots *slotReport `json:"slots,omitempty"` // missing when the program has no goroutines
}

// slotReport is the memory that goroutines have at build time.
type slotReport struct {
	Capacity int64     `json:"capacity"`
	Bytes    int64     `json:"bytes"` // all of it
	Spare    int64     `json:"spare"` // of that, what panics and collections share
	Kinds    []slotRow `json:"kinds"`
}

// slotRow are slots of one size.
type slotRow struct {
	Count    int64  `json:"count"`
	Size     int64  `json:"size"`
	Function string `json:"function,omitempty"` // whose goroutines need that size; missing for the default size
}

// slotsOf is nil when there is nothing to report.
func slotsOf(p *slots.Plan) *slotReport {
	if p == nil {
		return nil
	}
	out := &slotReport{Capacity: p.Capacity, Bytes: p.Bytes(), Spare: p.Spare, Kinds: []slotRow{}}
	for _, k := range p.Kinds {
		if k.Count > 0 {
			out.Kinds = append(out.Kinds, slotRow{k.Count, k.Size, k.Largest})
		}
	}
	return out
}

// stackRow is one function with what a goroutine or handler that begins with it can need.
type stackRow struct {
	Function string   `json:"function"`
	Name     string   `json:"name,omitempty"` // of the exception
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"`
	Bytes    int64    `json:"bytes,omitempty"`  // missing when there is no bound
	Size     int64    `json:"size"`             // of the stack that it gets
	Stated   bool     `json:"stated,omitempty"` // the bound rests on a //mote:stack
	Path     []string `json:"path,omitempty"`   // to the deepest point
	Reason   string   `json:"reason,omitempty"` // why there is no bound
	Where    string   `json:"where,omitempty"`  // the function that is the reason
	At       string   `json:"at,omitempty"`     // the line in it
}

// stacksOf collects the report of an image.
func stacksOf(img *compiler.Image, board *target.Target) *stackReport {
	dir, _ := os.Getwd()
	out := &stackReport{Main: goroutineRow(img.Stacks.Main, board.StackMain, dir), Goroutines: []stackRow{}}
	out.Main.Function = "main.main"
	for _, g := range img.Stacks.Goroutines {
		size := g.Bytes
		if size == 0 {
			size = max(g.Reserved, board.StackGoroutine)
		}
		out.Goroutines = append(out.Goroutines, goroutineRow(g, size, dir))
	}
	h := img.Stacks.Handlers
	out.Handler.Size, out.Handler.Bytes, out.Handler.Handlers = h.Size, h.Bytes, []stackRow{}
	for _, handler := range h.Handlers {
		row := stackRow{Function: handler.Symbol, Name: handler.Name, Bytes: handler.Bytes, Path: handler.Path, Reason: handler.Reason, Where: handler.Where}
		row.place(handler.At, handler.WhereAt, dir)
		out.Handler.Handlers = append(out.Handler.Handlers, row)
	}
	out.Slots = slotsOf(img.Slots)
	return out
}

func goroutineRow(g stack.Goroutine, size int64, dir string) stackRow {
	row := stackRow{Function: g.Entry, Bytes: g.Bytes, Size: size, Stated: g.Stated, Path: g.Path, Reason: g.Reason, Where: g.Where}
	row.place(g.At, g.WhereAt, dir)
	return row
}

// place fills in where the function and the reason are, relative to dir.
func (r *stackRow) place(at, reason stack.Place, dir string) {
	if at.Line > 0 {
		r.File, r.Line = diag.Relative(dir, at.File), at.Line
	}
	if reason.Line > 0 {
		reason.File = diag.Relative(dir, reason.File)
		r.At = reason.String()
	}
}

// writeStacks prints the table of `mote build -stack`.
func writeStacks(w io.Writer, r *stackReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "goroutine\tat\tneeds\tgets\tdeepest in\n")
	for _, row := range append([]stackRow{r.Main}, r.Goroutines...) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\n", row.Function, row.at(), row.needs(), row.Size, row.deepest())
	}
	fmt.Fprintf(t, "\nhandler\tat\tneeds\t\tdeepest in\n")
	for _, row := range r.Handler.Handlers {
		fmt.Fprintf(t, "%s\t%s\t%s\t\t%s\n", row.Name, row.at(), row.needs(), row.deepest())
	}
	all := stackRow{Bytes: r.Handler.Bytes}
	fmt.Fprintf(t, "all handlers\t\t%s\t%d\twith the frames of nested exceptions\n", all.needs(), r.Handler.Size)
	if r.Slots != nil {
		r.Slots.write(t)
	}
	return t.Flush()
}

// write prints the memory that goroutines have at build time.
func (r *slotReport) write(t *tabwriter.Writer) {
	fmt.Fprintf(t, "\nslots\t\tcount\tbytes\tfor up to %d goroutines besides main's\n", r.Capacity)
	for _, k := range r.Kinds {
		fmt.Fprintf(t, "%s\t\t%d\t%d\twith stack, guard and control block\n", cmp.Or(k.Function, "default size"), k.Count, k.Size)
	}
	if r.Spare > 0 {
		fmt.Fprintf(t, "spare stack\t\t1\t%d\tfor collections and panics of goroutines with a bound\n", r.Spare)
	}
	fmt.Fprintf(t, "all slots\t\t\t%d\t\n", r.Bytes)
}

func (r stackRow) at() string {
	if r.Line == 0 {
		return "-"
	}
	return fmt.Sprintf("%s:%d", r.File, r.Line)
}

func (r stackRow) needs() string {
	switch {
	case r.Bytes == 0 && r.Reason == "" && r.Path != nil:
		return "0"
	case r.Bytes == 0:
		return "?"
	case r.Stated:
		return fmt.Sprintf("%d (stated)", r.Bytes)
	}
	return fmt.Sprint(r.Bytes)
}

// deepest is the way to the deepest point, or why there is none.
func (r stackRow) deepest() string {
	if r.Reason != "" {
		text := "no bound: " + r.Reason
		if r.At != "" {
			return fmt.Sprintf("%s at %s in %s", text, r.At, r.Where)
		}
		return fmt.Sprintf("%s in %s", text, r.Where)
	}
	return shortPath(r.Path)
}

// maxPath bounds the functions of a path that a line of the table shows.
const maxPath = 6

func shortPath(path []string) string {
	text := ""
	for i, name := range path {
		switch {
		case len(path) > maxPath && i >= maxPath/2 && i < len(path)-maxPath/2:
			if i == maxPath/2 {
				text += " → …"
			}
		case i > 0:
			text += " → " + name
		default:
			text = name
		}
	}
	return text
}
