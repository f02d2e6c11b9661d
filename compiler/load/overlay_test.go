package load

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFirmwarePackagesNeedNoRequirement(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

import (
	_ "mote/mem"
	_ "mote/rtos"
)

func main() {}
`))
	for _, path := range []string{"mote/mem", "mote/rtos"} {
		pkg := p.ByPath[path]
		if pkg == nil || !pkg.Standard || !pkg.Overlay {
			t.Fatalf("%s: %+v, want a package that may have directives", path, pkg)
		}
		shown, _ := strings.CutPrefix(path, "mote/")
		if name := p.Position(pkg.Files[0].Pos()).Filename; !strings.HasPrefix(name, shown+"/") {
			t.Errorf("a file of %s goes by %q, want its place in mote's sources", path, name)
		}
	}
}

// Where module mote is one of the user's modules, its packages are those of its folder, with the rights of the embedded ones.
func TestFirmwarePackagesOfAModule(t *testing.T) {
	const files = `
-- firmware/main.go --
package main

import "mote/rtos"

func main() { println(rtos.Changed()) }
-- mote/rtos/rtos.go --
package rtos

//mote:asm
func Changed() int
`
	const both = "-- mote/go.mod --\nmodule mote\n\ngo 1.26\n"
	tests := []struct{ name, archive string }{
		{"main module", files + "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n\n-- firmware/go.mod --\nmodule mote\n\ngo 1.26\n" +
			"-- firmware/rtos/rtos.go --\npackage rtos\n\n//mote:asm\nfunc Changed() int\n"},
		{"workspace", files + both + "-- firmware/go.mod --\nmodule example.com/m\n\ngo 1.26\n" +
			"-- go.work --\ngo 1.26\n\nuse (\n\t./firmware\n\t./mote\n)\n"},
		{"replaced", files + both + "-- firmware/go.mod --\nmodule example.com/m\n\ngo 1.26\n\nrequire mote v0.0.0\n\nreplace mote => ../mote\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := program(t, tt.archive)
			root := cfg.Dir
			cfg.Dir = filepath.Join(root, "firmware")
			p := mustLoad(t, cfg)
			pkg := p.ByPath["mote/rtos"]
			if !strings.HasPrefix(pkg.Dir, root) {
				t.Errorf("mote/rtos comes from %s, want a folder below %s", pkg.Dir, root)
			}
			if obj := pkg.Types.Scope().Lookup("Changed"); obj == nil || p.Directive(obj, "asm") == nil {
				t.Error("the directive in it was not read")
			}
		})
	}
}
