package load

import (
	"go/types"
	"strings"
	"testing"
)

const embedProgram = `
-- main.go --
package main

import "embed"

//go:embed data/a.txt
var text string

var (
	//go:embed "data/sp ace.txt"
	raw []byte

	//go:embed data
	//go:embed top.txt
	tree embed.FS

	//go:embed all:data
	all embed.FS

	//go:embed data/*/*.txt
	glob embed.FS
)

func main() {}
-- top.txt --
-- data/a.txt --
-- data/b/.hidden --
-- data/b/z.txt --
-- data/sp ace.txt --
-- data/_x/y.txt --
`

func TestEmbeds(t *testing.T) {
	p := mustLoad(t, program(t, embedProgram))
	want := map[string]string{
		"text": "data/a.txt",
		"raw":  "data/sp ace.txt",
		"tree": "data/ top.txt data/a.txt data/b/ data/sp ace.txt data/b/z.txt",
		"all":  "data/ data/_x/ data/a.txt data/b/ data/sp ace.txt data/_x/y.txt data/b/.hidden data/b/z.txt",
		"glob": "data/ data/_x/ data/b/ data/_x/y.txt data/b/z.txt",
	}
	for name, files := range want {
		v := p.Lookup(p.Main.Path, name).(*types.Var)
		var got []string
		if e := p.Main.Embeds[v]; e != nil {
			for _, f := range e.Files {
				got = append(got, f.Name)
			}
		}
		if strings.Join(got, " ") != files {
			t.Errorf("%s: got %q, want %q", name, strings.Join(got, " "), files)
		}
	}
	if len(p.Main.Inits) != 0 {
		t.Errorf("%d initialisers, want none", len(p.Main.Inits))
	}
}

func TestEmbedErrors(t *testing.T) {
	head := "-- a.txt --\n-- b.txt --\n-- main.go --\npackage main\n\nimport _ \"embed\"\n\nfunc main() {}\n\n"
	for decl, want := range map[string]string{
		"//go:embed *.txt\nvar s string":     "./main.go:8:5: invalid go:embed: multiple files for type string",
		"//go:embed a.txt\nvar s int":        "./main.go:8:5: go:embed cannot apply to var of type int",
		"//go:embed a.txt\nvar s string = x": "",
		"//go:embed a.txt\nvar s, q string":  "./main.go:8:5: go:embed cannot apply to multiple vars",
		"//go:embed nosuch\nvar s string":    "pattern nosuch: no matching files found",
	} {
		if got := mustFail(t, program(t, head+decl+"\n")); !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", decl, got, want)
		}
	}
}
