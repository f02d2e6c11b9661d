package command

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestParseLDFlags(t *testing.T) {
	tests := []struct {
		in   string
		want map[string]string
		err  string
	}{
		{"", map[string]string{}, ""},
		{"-X main.v=1", map[string]string{"main.v": "1"}, ""},
		{"-X=main.v=1 -X a/b.c=x=y", map[string]string{"main.v": "1", "a/b.c": "x=y"}, ""},
		{"--X main.v=", map[string]string{"main.v": ""}, ""},
		{`-X 'main.v=a b' -X "main.w=it's"`, map[string]string{"main.v": "a b", "main.w": "it's"}, ""},
		{"-X main.v=1\n\t-X main.v=2", map[string]string{"main.v": "2"}, ""},
		{"-X", nil, "-X wants"},
		{"-X main.v", nil, `got "main.v"`},
		{"-X v=1", nil, `got "v=1"`},
		{"-s -w", nil, `unknown flag "-s"`},
		{"-X 'main.v=1", nil, "unterminated ' string"},
	}
	for _, tt := range tests {
		got, err := parseLDFlags(tt.in)
		switch {
		case tt.err != "":
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%q: got error %v, want %q", tt.in, err, tt.err)
			}
		case err != nil || !maps.Equal(got, tt.want):
			t.Errorf("%q: got %v, %v, want %v", tt.in, got, err, tt.want)
		}
	}
}

func TestSplitProgram(t *testing.T) {
	tests := []struct{ args, patterns, rest string }{
		{"", "", ""},
		{".", ".", ""},
		{"./cmd a b.go", "./cmd", "a b.go"},
		{"a.go b.go c d.go", "a.go b.go", "c d.go"},
	}
	for _, tt := range tests {
		patterns, rest := splitProgram(strings.Fields(tt.args))
		if !slices.Equal(patterns, strings.Fields(tt.patterns)) || !slices.Equal(rest, strings.Fields(tt.rest)) {
			t.Errorf("%q: got %q and %q", tt.args, patterns, rest)
		}
	}
}

func TestOutputName(t *testing.T) {
	dir := t.TempDir()
	tests := []struct{ out, want string }{
		{"", "prog.elf"},
		{"x.bin", "x.bin"},
		{"x", "x"},
		{"new/", "new/prog.elf"},
		{dir, dir + "/prog.elf"},
	}
	for _, tt := range tests {
		if got := outputName(tt.out, "prog"); got != tt.want {
			t.Errorf("-o %q: got %q, want %q", tt.out, got, tt.want)
		}
	}
}

// Every flag has a description, and its usage line names what comes behind it.
func TestFlagsAreDescribed(t *testing.T) {
	for _, c := range commands() {
		usage := c.usage()
		if !strings.HasPrefix(usage, "usage: mote "+c.name) || strings.Contains(usage, "\t\n") {
			t.Errorf("usage of %s:\n%s", c.name, usage)
		}
	}
}
