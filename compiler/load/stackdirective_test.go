package load

import (
	"errors"
	"strings"
	"testing"

	"mote/internal/diag"
)

func TestStackDirective(t *testing.T) {
	p := mustLoad(t, program(t, `-- main.go --
package main

// fib calls itself.
//
//mote:stack 600
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

type tree struct{ left, right *tree }

//mote:stack 0x200
func (t *tree) depth() int { return 1 + max(t.left.depth(), t.right.depth()) }

//mote:stack 64
//go:noinline
func generic[T any](v T) {}

//mote:stacking 1
func other() {}

func main() { println(fib(3), (&tree{}).depth()); generic(1); other() }
`))
	for name, want := range map[string]int64{"main.fib": 600, "main.(*tree).depth": 512, "main.other": 0, "main.main": 0} {
		if got := p.Stack(p.Funcs[name]); got != want {
			t.Errorf("%s: %d bytes, want %d", name, got, want)
		}
	}
}

func TestStackDirectiveErrors(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"no number", "//mote:stack\nfunc f() {}", `main.go:3:1: malformed //mote:stack: want one number`},
		{"two", "//mote:stack 1 2\nfunc f() {}", `main.go:3:1: malformed //mote:stack: want one number`},
		{"equals", "//mote:stack=1\nfunc f() {}", `main.go:3:1: malformed //mote:stack: want one number`},
		{"text", "//mote:stack big\nfunc f() {}", `main.go:3:1: malformed //mote:stack: "big" is not a number of bytes from 1 to 16777216`},
		{"negative", "//mote:stack -1\nfunc f() {}", `main.go:3:1: malformed //mote:stack: "-1" is not a number of bytes`},
		{"variable", "//mote:stack 8\nvar f int", `main.go:3:1: misplaced //mote:stack: no function with a body follows`},
		{"inside", "func f() {\n\t//mote:stack 8\n\tprintln()\n}", `main.go:4:2: misplaced //mote:stack`},
		{"apart", "//mote:stack 8\n\nfunc f() {}", `main.go:3:1: misplaced //mote:stack`},
		{"twice", "//mote:stack 8\n//mote:stack 9\nfunc f() {}", `main.go:4:1: duplicate //mote:stack for f`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(program(t, "-- main.go --\npackage main\n\n"+test.source+"\n\nfunc main() {}\n"))
			var list diag.List
			if !errors.As(err, &list) || len(list) != 1 || !strings.Contains(list.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}
