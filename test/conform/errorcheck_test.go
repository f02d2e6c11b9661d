package conform

import (
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"mote/internal/diag"
	"mote/target"
)

// TestErrorcheck checks that every errorcheck file of the Go distribution gets its errors at the marked lines, and no others.
func TestErrorcheck(t *testing.T) {
	if testing.Short() {
		t.Skip("loads some hundred programs")
	}
	board, err := target.Load("mps2-an385")
	if err != nil {
		t.Fatal(err)
	}
	root := testRoot(t)
	tests, err := DiscoverErrors(root, append(board.Tags, board.GOARCH))
	if err != nil {
		t.Fatal(err)
	}
	r := &ErrorRunner{Root: root, GOARCH: board.GOARCH, Tags: board.Tags, Cache: t.TempDir(), Jobs: runtime.NumCPU()}
	var total Tally
	for _, res := range r.Run(tests) {
		total.Count(res)
		if res.Outcome == Fail {
			t.Errorf("%s: %s", res.Test.Name, res.Cause)
		}
	}
	t.Log(total)
	if total.Passed < 550 {
		t.Errorf("%d tests passed, want at least 550", total.Passed)
	}
	if share := total.Texts.Matched * 100 / max(total.Texts.Wanted, 1); share < 97 {
		t.Errorf("%d%% of the messages have gc's words, want 97%%", share)
	}
}

func TestErrorAction(t *testing.T) {
	for _, c := range []struct {
		words   []string
		want    Test
		exclude bool
	}{
		{[]string{"run"}, Test{}, false},
		{[]string{"errorcheck"}, Test{Action: "errorcheck"}, false},
		{[]string{"errorcheck", "-lang=go1.17"}, Test{Action: "errorcheck", Lang: "go1.17"}, false},
		{[]string{"errorcheck", "-e=0"}, Test{Action: "errorcheck", Few: true}, false},
		{[]string{"errorcheck", "-t", "10"}, Test{Action: "errorcheck"}, false},
		{[]string{"errorcheck", "-0", "-m"}, Test{Action: "errorcheck"}, true},
		{[]string{"errorcheckdir"}, Test{Action: "errorcheckdir"}, false},
	} {
		var got Test
		got.errorAction(c.words)
		if got.Action != c.want.Action || got.Lang != c.want.Lang || got.Few != c.want.Few || len(got.Args) != 0 || (got.Exclude != "") != c.exclude {
			t.Errorf("%v: got %+v", c.words, got)
		}
	}
}

func TestJudge(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.go")
	text := "package p\nvar x int = 1.5 // ERROR \"truncated\" \"see LINE-1\"\nvar y int // GCCGO_ERROR \"no\"\nvar z t // ERROR \"undefined\"\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := expectations(file)
	if err != nil || len(want) != 3 || !want[1].text.MatchString("see x.go:1") {
		t.Fatalf("%v, %v", want, err)
	}
	at := func(line int, text string) diag.Diagnostic {
		return diag.Diagnostic{Pos: token.Position{Filename: file, Line: line}, Text: text}
	}
	cause, texts := judge(want, diag.List{at(2, "1.5 truncated"), at(4, "other words")})
	if cause != "" || texts != (Texts{Wanted: 3, Matched: 1}) {
		t.Errorf("right lines: %q, %+v", cause, texts)
	}
	cause, _ = judge(want, diag.List{at(2, "1.5 truncated"), at(3, "extra")})
	if cause != `x.go:4: no error, want "undefined"; x.go:3: unexpected "extra"` {
		t.Errorf("wrong lines: %q", cause)
	}
}
