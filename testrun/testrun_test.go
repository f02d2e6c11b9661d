package testrun

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"mote/compiler"
	"mote/compiler/load"
)

// inPieces writes text in pieces of n bytes.
func inPieces(t *testing.T, w io.Writer, text string, n int) {
	t.Helper()
	for piece := range slices.Chunk([]byte(text), n) {
		if got, err := w.Write(piece); got != len(piece) || err != nil {
			t.Fatal(got, err)
		}
	}
}

func TestWithInstructions(t *testing.T) {
	const in = `goos: noos
BenchmarkAdd 	     100	       120.0 ns/op
BenchmarkSizes/10-4         	      20	       245 ns/op	  40.82 MB/s	      16 B/op	       1 allocs/op
BenchmarkOdd
no result 3 ns/op
BenchmarkCut`
	const want = `goos: noos
BenchmarkAdd 	     100	       120.0 ns/op	120.0 insn/op
BenchmarkSizes/10-4         	      20	       245 ns/op	245 insn/op	  40.82 MB/s	      16 B/op	       1 allocs/op
BenchmarkOdd
no result 3 ns/op
BenchmarkCut`
	for _, n := range []int{1, 7, 1000} {
		var out bytes.Buffer
		w := &lineWriter{to: &out, edit: withInstructions}
		inPieces(t, w, in, n)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Errorf("in pieces of %d:\n%s\nwant\n%s", n, out.String(), want)
		}
	}
}

func TestWithoutPass(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a\nPASS\nb\n", "a\nb\n"},
		{"xPASS\nPASSED\nPASS\n", "xPASS\nPASSED\n"},
		{"PASS", "PASS"},
		{"\n\nPASS\n", "\n\n"},
		{"\x16PASS\n\x16PASSED\n", "\x16PASSED\n"},
	} {
		for _, n := range []int{1, 3, 100} {
			var out bytes.Buffer
			w := &lineWriter{to: &out, edit: withoutPass}
			inPieces(t, w, c.in, n)
			w.Close()
			if out.String() != c.want {
				t.Errorf("%q in pieces of %d: got %q, want %q", c.in, n, out.String(), c.want)
			}
		}
	}
}

func TestCulprit(t *testing.T) {
	for _, c := range []struct{ name, out, want string }{
		{"nothing", "fatal error: BusFault\n", ""},
		{"verbose", "=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n=== RUN   TestB/sub\nfatal error: x\n", "TestB"},
		{"parallel", "=== RUN   TestA\n=== PAUSE TestA\n=== RUN   TestB\n=== CONT  TestA\npanic: x\n", "TestA"},
		{"events", "\x16=== RUN   TestA\npanic: x\n", "TestA"},
		{"timeout", "=== RUN   TestB\npanic: test timed out after 1s\n\trunning tests:\n\t\tTestSlow/sub (1s)\n\t\tTestB (0s)\n", "TestSlow"},
		{"timeout without verbose", "panic: test timed out after 1s\n\trunning tests:\n\t\tTestSlow (1s)\n\ngoroutine 1\n", "TestSlow"},
	} {
		got := newCulprit()
		inPieces(t, got, c.out, 5)
		if got.name != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got.name, c.want)
		}
	}
}

func TestReport(t *testing.T) {
	var out bytes.Buffer
	r, err := newSchedule(Config{Build: compiler.Config{Patterns: []string{"./..."}}}, make([]load.Found, 2)).newReport(t.Context(), "p", &out)
	if err != nil {
		t.Fatal(err)
	}
	inPieces(t, r, "testing: warning: no tests to run\n--- FAIL: TestA (0.00s)\n\x16--- FAIL: TestB (0.00s)\n    --- FAIL: TestB/sub (0.00s)\nhalf", 4)
	r.endLine()
	if r.note() != " [no tests to run]" || !r.failed("TestA") || !r.failed("TestB") || r.failed("TestC") || r.empty() {
		t.Errorf("%+v", r)
	}
	r.drop()
	io.WriteString(r, "ok\n")
	if out.Len() > 0 {
		t.Errorf("held output went out: %q", out.String())
	}
	if err := r.close(); err != nil || out.String() != "ok\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestArguments(t *testing.T) {
	o := Options{
		Run: "A", Skip: "B", Bench: ".", BenchTime: "10x", CPU: "1,2", Shuffle: "on", Count: 2, Parallel: 3, Timeout: time.Minute,
		Short: true, FailFast: true, FullPath: true, BenchMem: true, Verbose: true,
	}
	s := &schedule{Config: Config{Options: o, Args: []string{"-own", "word"}}}
	got := strings.Join(s.arguments("C"), " ")
	want := "-test.paniconexit0 -test.timeout=1m0s -test.v=true -test.run=A -test.skip=B|C -test.bench=. -test.benchtime=10x -test.cpu=1,2 " +
		"-test.shuffle=on -test.benchmem=true -test.short=true -test.failfast=true -test.fullpath=true -test.count=2 -test.parallel=3 -own word"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s = &schedule{Config: Config{Options: Options{Count: 1}, JSON: true}}
	if got, want := strings.Join(s.arguments(""), " "), "-test.paniconexit0 -test.timeout=0s -test.v=test2json"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
