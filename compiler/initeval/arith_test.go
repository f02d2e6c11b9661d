package initeval

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// expressions generates random expressions of types of fixed width.
type expressions struct{ r *rand.Rand }

var integerTypes = []string{"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}

// leaf hides a constant from the compiler.
func (e *expressions) leaf(typ string) string {
	n := e.r.Int64()
	if e.r.IntN(2) == 0 {
		n = int64(e.r.IntN(9)) - 4
	}
	return fmt.Sprintf("%s(hide(%d))", typ, n)
}

func (e *expressions) integer(typ string, depth int) string {
	if depth == 0 {
		return e.leaf(typ)
	}
	sub := func() string { return e.integer(typ, depth-1) }
	other := integerTypes[e.r.IntN(len(integerTypes))]
	switch e.r.IntN(14) {
	case 0:
		return "(" + sub() + " + " + sub() + ")"
	case 1:
		return "(" + sub() + " - " + sub() + ")"
	case 2:
		return "(" + sub() + " * " + sub() + ")"
	case 3:
		return "(" + sub() + " / (" + sub() + " | 1))"
	case 4:
		return "(" + sub() + " % (" + sub() + " | 1))"
	case 5:
		return "(" + sub() + " & " + sub() + ")"
	case 6:
		return "(" + sub() + " ^ " + sub() + ")"
	case 7:
		return "(" + sub() + " &^ " + sub() + ")"
	case 8:
		return "(" + sub() + " << (" + e.integer(other, depth-1) + " & 70))"
	case 9:
		return "(" + sub() + " >> (" + e.integer(other, depth-1) + " & 70))"
	case 10:
		return "(-" + sub() + ")"
	case 11:
		return typ + "(" + e.integer(other, depth-1) + ")"
	case 12:
		return "pick(" + e.integer(other, depth-1) + " < " + e.integer(other, depth-1) + ", " + sub() + ", " + sub() + ")"
	}
	return "max(^" + sub() + ", " + sub() + ")"
}

func (e *expressions) float(typ string, depth int) string {
	if depth == 0 {
		return typ + "(" + e.leaf("int32") + ") / 8"
	}
	op := []string{"+", "-", "*", "/"}[e.r.IntN(4)]
	return "(" + e.float(typ, depth-1) + " " + op + " " + e.float(typ, depth-1) + ")"
}

// TestArithmetic compares random expressions with what the host's compiler makes of them.
func TestArithmetic(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program")
	}
	e := &expressions{rand.New(rand.NewPCG(1, 2))}
	var decls, prints strings.Builder
	const n = 300
	for i := range n {
		typ := integerTypes[i%len(integerTypes)]
		expr := e.integer(typ, 3)
		if i%5 == 0 {
			typ = []string{"float32", "float64"}[i%2]
			expr = "bits" + typ[5:] + "(" + e.float(typ, 3) + ")"
			typ = "uint" + typ[5:]
		}
		fmt.Fprintf(&decls, "var v%d %s = %s\n", i, typ, expr)
		fmt.Fprintf(&prints, "\tfmt.Println(v%d)\n", i)
	}
	src := `package main

import ("fmt"; "math")

func hide(x int64) int64 { return x }
func pick[T any](c bool, x, y T) T { if c { return x }; return y }
func bits32(f float32) uint32 { if f != f { return 0 }; return math.Float32bits(f) }
func bits64(f float64) uint64 { if f != f { return 0 }; return math.Float64bits(f) }

` + decls.String() + "\nfunc main() {\n" + prints.String() + "}\n"
	dir := t.TempDir()
	name := filepath.Join(dir, "main.go")
	if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := strings.Fields(string(out))
	p, r := evaluate(t, map[string]string{"main.go": src})
	for i := range n {
		got := dump(p, r, fmt.Sprintf("v%d", i))
		if got == "zero" {
			got = "0"
		}
		if got != want[i] {
			t.Errorf("v%d = %s, want %s", i, got, want[i])
		}
	}
}
