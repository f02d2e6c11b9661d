package initeval

import "testing"

// BenchmarkEvaluate measures the interpreter on one initialiser that uses its whole budget, and on a program that uses fmt, json and unicode.
func BenchmarkEvaluate(b *testing.B) {
	for _, c := range []struct{ name, src string }{
		{"loop", "package main\n\nvar x = func() (n int) { for i := 0; ; i++ { n += i } }()\n\nfunc main() {}\n"},
		{"json", wholeProgram},
	} {
		b.Run(c.name, func(b *testing.B) {
			p, _ := evaluate(b, map[string]string{"main.go": c.src})
			for b.Loop() {
				Evaluate(p)
			}
		})
	}
}
