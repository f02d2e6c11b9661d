package diag

import (
	"go/token"
	"testing"
)

func at(file string, line, column int) token.Position {
	return token.Position{Filename: file, Line: line, Column: column}
}

func TestSort(t *testing.T) {
	l := List{
		{Pos: at("b.go", 1, 1), Text: "x"},
		{Pos: at("a.go", 10, 1), Text: "x"},
		{Pos: at("a.go", 9, 2), Text: "x"},
		{Pos: at("a.go", 9, 1), Text: "y"},
		{Pos: at("a.go", 9, 1), Text: "x"},
		{Pos: at("b.go", 1, 1), Text: "x"},
		{Text: "nowhere"},
	}
	want := "nowhere\na.go:9:1: x\na.go:9:1: y\na.go:9:2: x\na.go:10:1: x\nb.go:1:1: x"
	if got := l.Sort().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := List(nil).Sort(); len(got) != 0 {
		t.Errorf("sorting nothing gives %v", got)
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		d    Diagnostic
		want string
	}{
		{Diagnostic{Text: "no place"}, "no place"},
		{Diagnostic{Pos: at("/src/m/a.go", 3, 4), Text: "wrong"}, "./a.go:3:4: wrong"},
		{Diagnostic{Pos: at("/src/m/a.go", 3, 0), Text: "wrong"}, "./a.go:3: wrong"},
		{Diagnostic{Pos: at("/src/m/a.go", 3, 4), Text: "wrong", Hint: "do it right"}, "./a.go:3:4: wrong\n\thint: do it right"},
	}
	for _, tt := range tests {
		if got := (List{tt.d}).Format("/src/m"); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestRelative(t *testing.T) {
	tests := []struct{ dir, name, want string }{
		{"/src/m", "/src/m/sub/a.go", "./sub/a.go"},
		{"/src/m/cmd", "/src/m/a.go", "../a.go"},
		{"/src/m", "/usr/lib/go/src/fmt/print.go", "/usr/lib/go/src/fmt/print.go"},
		{"/a/b/c/d/e/f/g", "/x/y.go", "/x/y.go"},
		{"/src/m", "lib/runtime/chan.go", "lib/runtime/chan.go"},
		{"", "/src/m/a.go", "/src/m/a.go"},
	}
	for _, tt := range tests {
		if got := Relative(tt.dir, tt.name); got != tt.want {
			t.Errorf("Relative(%q, %q) = %q, want %q", tt.dir, tt.name, got, tt.want)
		}
	}
}

func TestErrorf(t *testing.T) {
	l := Errorf(at("a.go", 1, 2), "try again", "got %q", "x")
	if got, want := l.Error(), "a.go:1:2: got \"x\"\n\thint: try again"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
