// Package diag is how stages report: diagnostics as data, printed only by main.
package diag

import (
	"fmt"
	"go/token"
	"path/filepath"
	"sort"
	"strings"
)

// Diagnostic is one message about the user's input.
type Diagnostic struct {
	Pos  token.Position // zero when there is no place
	Text string         // lower case, no full stop
	Hint string         // what to type or change; may be empty
}

// List is an error made of diagnostics.
type List []Diagnostic

// Error renders the list as String does, with paths as they are.
func (l List) Error() string { return l.Format("") }

// Sort orders by file, line, column and text and drops duplicates.
func (l List) Sort() List {
	sort.SliceStable(l, func(i, j int) bool {
		a, b := l[i], l[j]
		if a.Pos.Filename != b.Pos.Filename {
			return a.Pos.Filename < b.Pos.Filename
		}
		if a.Pos.Line != b.Pos.Line {
			return a.Pos.Line < b.Pos.Line
		}
		if a.Pos.Column != b.Pos.Column {
			return a.Pos.Column < b.Pos.Column
		}
		return a.Text < b.Text
	})
	out := l[:0]
	for i, d := range l {
		if i > 0 && d == l[i-1] {
			continue
		}
		out = append(out, d)
	}
	return out
}

// Format renders one diagnostic a line, file names relative to dir where that is shorter, each hint on a line of its own.
func (l List) Format(dir string) string {
	var b strings.Builder
	for i, d := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		if d.Pos.IsValid() {
			pos := d.Pos
			pos.Filename = Relative(dir, pos.Filename)
			fmt.Fprintf(&b, "%s: ", pos)
		}
		b.WriteString(d.Text)
		if d.Hint != "" {
			b.WriteString("\n\thint: " + d.Hint)
		}
	}
	return b.String()
}

// Relative returns name relative to dir when it lies below or near it, as the go command does.
func Relative(dir, name string) string {
	if dir == "" || !filepath.IsAbs(name) {
		return name
	}
	rel, err := filepath.Rel(dir, name)
	if err != nil || len(rel) >= len(name) {
		return name
	}
	if !strings.HasPrefix(rel, ".") {
		rel = "./" + rel
	}
	return rel
}

// Errorf makes a List of one diagnostic.
func Errorf(pos token.Position, hint, format string, args ...any) List {
	return List{{Pos: pos, Text: fmt.Sprintf(format, args...), Hint: hint}}
}
