package load

import (
	"os"
	"strings"
	"testing"
)

// TestGCWords is about mistakes that gc reports and go/types does not, or in other words.
func TestGCWords(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"several syntax errors", "func f() {\n\tx := \n}\n\nfunc g() { for ; { }\n",
			"./main.go:5:1: syntax error: unexpected }, expected expression\n" +
				"./main.go:7:18: syntax error: unexpected {, expected for loop condition\n" +
				"./main.go:9:6: syntax error: unexpected name main, expected ("},
		{"labels", "func f() {\nL:\n\tfor {\n\t}\n}\n",
			"./main.go:4:1: label L defined and not used"},
		{"labels and types", "func f() {\nL:\n\tfor {\n\t}\n\tvar x int = 1.5\n}\n",
			"./main.go:4:1: label L defined and not used\n./main.go:7:6: declared and not used: x\n" +
				"./main.go:7:14: cannot use 1.5 (untyped float constant) as int value in variable declaration (truncated)"},
		{"defer of a value", "func f() {\n\tx := 1\n\tdefer x\n}\n",
			"./main.go:5:9: expression in defer must be function call"},
		{"directive above a variable", "//go:noinline\nvar x int\n", "./main.go:3:1: misplaced compiler directive"},
		{"directive nowhere", "func f() {\n\t//go:noinline\n}\n", "./main.go:4:4: misplaced compiler directive"},
		{"embed above a function", "//go:embed x\nfunc f() {}\n", "./main.go:3:1: misplaced go:embed directive"},
		{"embed without the package", "//go:embed main.go\nvar x string\n",
			`./main.go:3:1: go:embed requires import "embed" (or import _ "embed", if package is not used)`},
		{"linkname without unsafe", "//go:linkname x y\nvar x int\n",
			`./main.go:3:1: //go:linkname only allowed in Go files that import "unsafe"`},
		{"linkname twice", "import _ \"unsafe\"\n\nvar x int\n\n//go:linkname x y\n//go:linkname x z\n",
			"./main.go:8:1: duplicate //go:linkname for x"},
		{"channel of large elements", "type big [1 << 16]byte\n\nvar c chan big\n",
			"./main.go:5:7: channel element type too large (>64kB)"},
		{"interface in itself", "type i interface{ m() interface{ i } }\n",
			"./main.go:3:8: invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)"},
		{"large frame", "func f(x [1 << 30]byte) int { return 5 }\n",
			"./main.go:3:6: stack frame too large (>1GB): 0 MB locals + 1024 MB args + 0 MB callee"},
		{"import paths", "import \"a b\"\nimport \"/c\"\n",
			"./main.go:3:8: invalid import path (invalid character U+0020 ' ')\n./main.go:4:8: import path cannot be absolute path"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := mustFail(t, program(t, "-- main.go --\npackage main\n\n"+tt.source+"\nfunc main() {}\n"))
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestVersionHints(t *testing.T) {
	for _, tt := range []struct{ name, archive, want string }{
		{"module", "-- go.mod --\nmodule m\n\ngo 1.20\n-- main.go --\npackage main\n\nfunc main() { clear(map[int]int{}) }\n",
			"./main.go:3:15: clear requires go1.21 or later (-lang was set to go1.20; check go.mod)"},
		{"file", "-- main.go --\n//go:build go1.21\n\npackage main\n\nfunc main() {\n\tfor range 3 {\n\t}\n}\n",
			"./main.go:6:12: cannot range over 3 (untyped int constant): requires go1.22 or later (file declares //go:build go1.21)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustFail(t, program(t, tt.archive)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestGCLeavesDevices: gc removes its output when it fails, and for root that must not be /dev/null.
func TestGCLeavesDevices(t *testing.T) {
	mustFail(t, program(t, "-- main.go --\npackage main\n\nfunc main() { if }\n"))
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode()&os.ModeDevice == 0 {
		t.Errorf("%s is %v, %v", os.DevNull, info, err)
	}
}

func TestGCMessages(t *testing.T) {
	got := gcMessages("a.go:1:2: one\n\tmore\nb.go:3[/x/c.go:4:5]: two\n").Error()
	if want := "a.go:1:2: one\n\tmore\nb.go:3: two"; got != want || strings.Contains(got, "c.go") {
		t.Errorf("got %q, want %q", got, want)
	}
}
