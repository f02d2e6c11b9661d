package initeval

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

const wholeProgram = `package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"unicode"
)

func main() {
	b, err := json.Marshal(map[string]int{"a": 1})
	fmt.Println(b, err, sha256.Sum256(b), unicode.IsUpper('a'))
}
`

// TestWholeProgram checks on real packages that little is left for run time and that it is the expected kind.
func TestWholeProgram(t *testing.T) {
	p, r := evaluate(t, map[string]string{"main.go": wholeProgram})
	units := 0
	for _, pkg := range p.Packages {
		units += len(pkg.Inits)
	}
	if units < 800 || len(r.Residual) > units/10 {
		t.Errorf("%d of %d initialisers left for run time", len(r.Residual), units)
	}
	for _, in := range r.Residual {
		if in.Pkg.Path == "unicode" && !strings.Contains(r.Why[in], "map") {
			t.Errorf("unicode %v: %s", in.Lhs, r.Why[in])
		}
	}
	for _, name := range []string{"unicode.Upper", "io.EOF", "strconv.ErrRange", "unicode.CaseRanges"} {
		path, id, _ := strings.Cut(name, ".")
		g := p.ByPath[path].SSA.Var(id)
		if r.Static[g] == nil || r.Static[g].Name != name || r.Static[g].Value == nil {
			t.Errorf("%s: %+v", name, r.Static[g])
		}
	}
	again := Evaluate(p)
	if len(again.Static) != len(r.Static) || len(again.Residual) != len(r.Residual) {
		t.Errorf("second run: %d static, %d residual; first: %d, %d", len(again.Static), len(again.Residual), len(r.Static), len(r.Residual))
	}
}

// TestEmbed checks the three kinds of embedded variables, and that initialisers can read them.
func TestEmbed(t *testing.T) {
	p, r := evaluate(t, map[string]string{"a.txt": "hello", "d/b.txt": "bee", "main.go": `package main

import (
	"embed"
	"strings"
)

//go:embed a.txt
var text string

//go:embed a.txt
var raw []byte

//go:embed a.txt d
var files embed.FS

var upper = strings.ToUpper(text)

var bee = func() string { b, err := files.ReadFile("d/b.txt"); if err != nil { panic(err) }; return string(b) }()

func main() {}
`})
	for name, want := range map[string]string{"text": `"hello"`, "raw": `[5:5]&"hello"+0`, "upper": `"HELLO"`} {
		if got := dump(p, r, name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	files, ok := r.Static[p.Main.SSA.Var("files")].Value.(*Aggregate)
	if !ok {
		t.Fatal("embed.FS is empty")
	}
	list := files.Elems[0].(*Ref).Obj.Value.(*Slice)
	var names []string
	for _, e := range list.Base.Obj.Value.(*Aggregate).Elems {
		names = append(names, e.(*Aggregate).Elems[0].(*String).Val)
	}
	if got := strings.Join(names, " "); list.Len != 3 || got != "a.txt d/ d/b.txt" {
		t.Errorf("files %s", got)
	}
	if got := dump(p, r, "bee"); got != `"bee"` && !strings.HasPrefix(got, "run time") {
		t.Errorf("bee = %s", got)
	}
}

// TestAddress: the address of a variable can be kept as a number; the linker fills it in.
func TestAddress(t *testing.T) {
	p, r := evaluate(t, map[string]string{"main.go": `package main

import "unsafe"

var arr [4]int
var addr = uintptr(unsafe.Pointer(&arr)) + 4
var back = (*int)(unsafe.Pointer(addr))
var num  = uint32(uintptr(unsafe.Pointer(&arr)))
var odd  = addr & 1

func main() {}
`})
	for name, want := range map[string]string{"addr": "&arr+4", "back": "&arr+4", "num": "run time: address converted to uint32", "odd": "run time: arithmetic on an address"} {
		if got := dump(p, r, name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	if _, ok := r.Static[p.Main.SSA.Members["addr"].(*ssa.Global)].Value.(*Ref); !ok {
		t.Error("not a Ref")
	}
}
