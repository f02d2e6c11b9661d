package run

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mote/compiler"
	"mote/emulator"
	"mote/internal/cache"
	"mote/target"
)

// callGraph writes a program whose goroutines call functions with frames of random sizes, directly, through interfaces and through func
// values, each on all its ways, while the tick interrupts them. Functions call later ones only, so every goroutine has a bound.
func callGraph(r *rand.Rand, functions int) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport \"runtime\"\n\nvar done = make(chan int)\n\n//go:noinline\nfunc fill(b []int, n int) int {\n\tfor i := range b {\n\t\tb[i] = n + i\n\t}\n\treturn b[len(b)-1]\n}\n\n")
	for i := range functions {
		callee := func() int { return i + 1 + r.IntN(min(functions-i-1, 4)) }
		calls := ""
		if i+1 < functions {
			for n := range 1 + r.IntN(2) {
				switch j := callee(); r.IntN(3) {
				case 0:
					calls += fmt.Sprintf("\ts += f%d(n+s)\n", j)
				case 1: // the interface is this call's own, and has two methods to choose from
					name := fmt.Sprintf("%d_%d", i, n)
					fmt.Fprintf(&b, "type i%s interface{ m%s(int) int }\ntype a%s struct{ x int }\ntype b%s struct{ x, y int }\n", name, name, name, name)
					fmt.Fprintf(&b, "func (v *a%s) m%s(n int) int { return f%d(n + v.x) }\n", name, name, j)
					fmt.Fprintf(&b, "func (v b%s) m%s(n int) int { return f%d(n + v.y) }\n", name, name, callee())
					fmt.Fprintf(&b, "var v%s = [...]i%s{&a%s{1}, b%s{2, 3}}\n\n", name, name, name, name)
					calls += fmt.Sprintf("\tfor _, v := range v%s {\n\t\ts += v.m%s(n)\n\t}\n", name, name)
				case 2: // and so has a func value's type
					name := fmt.Sprintf("%d_%d", i, n)
					fmt.Fprintf(&b, "type p%s int\nfunc x%s(n p%s) int { return f%d(int(n)) }\nfunc y%s(n p%s) int { return -f%d(int(n)) }\n", name, name, name, j, name, name, callee())
					fmt.Fprintf(&b, "var t%s = [...]func(p%s) int{x%s, y%s}\n\n", name, name, name, name)
					calls += fmt.Sprintf("\tfor _, f := range t%s {\n\t\ts += f(p%s(n))\n\t}\n", name, name)
				}
			}
		}
		fmt.Fprintf(&b, "//go:noinline\nfunc f%d(n int) int {\n\tvar b [%d]int\n\ts := fill(b[:], n)\n%s\treturn s + b[n&1] + int(float32(s)*0.5)\n}\n\n", i, 2+r.IntN(40), calls)
	}
	b.WriteString("func main() {\n")
	for i := range min(functions, 4) {
		fmt.Fprintf(&b, "\tgo work%d()\n", i)
	}
	fmt.Fprintf(&b, "\tfor range %d {\n\t\t<-done\n\t}\n\tprintln(\"ok\")\n}\n\n", min(functions, 4))
	for i := range min(functions, 4) {
		fmt.Fprintf(&b, "func work%d() {\n\ts := 0\n\tfor n := range 5 {\n\t\ts += f%d(n)\n\t\truntime.Gosched()\n\t}\n\tdone <- s\n}\n\n", i, i)
	}
	return b.String()
}

// No goroutine gets deeper than the compiler says, and it says so of all of them.
func TestStackBounds(t *testing.T) {
	for seed, board := range emulated(t) {
		t.Run(board.Name, func(t *testing.T) {
			t.Parallel()
			checkBounds(t, board, callGraph(rand.New(rand.NewPCG(uint64(seed), 7)), 9))
		})
	}
}

func checkBounds(t *testing.T, board *target.Target, source string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": source, "go.mod": "module m\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	store, err := cache.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	img, err := compiler.Build(context.Background(), compiler.Config{Target: board, Dir: dir, Cache: store, Tags: []string{"mote.checkstack"}})
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	for _, g := range img.Stacks.Goroutines {
		if g.Bytes == 0 {
			t.Errorf("%v\n%s", g, source)
		}
	}
	_, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: board, ELF: img.Path, Timeout: timeLimit, Deterministic: true})
	if err != nil || res.ExitCode != 0 || stderr != "ok\n" {
		t.Errorf("status %d, %v, printed\n%s\n%v\n%s", res.ExitCode, err, stderr, img.Stacks.Goroutines, source)
	}
}
