package escape

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mote/compiler/load"
)

const stdUser = `package main

import (
	"bufio"
	"container/list"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
)

func main() {
	b, err := json.Marshal(3)
	fmt.Println(regexp.MustCompile("a").MatchString("b"), b, err, strings.Fields("a b"))
	bufio.NewScanner(os.Stdin).Scan()
	sort.Strings(nil)
	list.New()
}
`

// TestAgainstGc compares the verdicts on real packages with those of Go's own compiler, an independent analysis with the same
// purpose: what gc puts on the heap may be on the stack here only for a known reason.
func TestAgainstGc(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a part of std with gc")
	}
	known := map[string]string{
		"strings/replace.go:buf":                 "gc gives up at io.Writer; no reached writer keeps itself",
		"strings/replace.go:string([]byte{...})": "gc means the string, not the array that is converted",
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": stdUser, "go.mod": "module m\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	heap := gcHeap(t, dir, "bufio", "container/list", "encoding/json", "fmt", "reflect", "regexp", "sort", "strconv", "strings", "sync", "internal/poll")
	p, err := load.Load(load.Config{Dir: dir, GOOS: "linux", GOARCH: "arm", CacheDir: t.TempDir(), Overlay: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	res := Analyze(p, everything(p), MaxObject)
	for in := range res.Stack {
		pos := p.Position(Position(in))
		_, file, _ := strings.Cut(filepath.ToSlash(pos.Filename), "/src/")
		what, ok := heap[fmt.Sprintf("%s:%d:%d", file, pos.Line, pos.Column)]
		if ok && known[file+":"+what] == "" {
			t.Errorf("%s: %s: gc has %q on the heap", pos, in, what)
		}
	}
	if len(heap) < 500 || len(res.Stack) < 500 {
		t.Errorf("compared %d allocations with %d of gc", len(res.Stack), len(heap))
	}
}

// gcHeap returns what gc reports about escapes in some packages, by position. Backing arrays that append makes have no counterpart here.
func gcHeap(t *testing.T, dir string, pkgs ...string) map[string]string {
	t.Helper()
	args := []string{"build", "-o", os.DevNull}
	for _, p := range pkgs {
		args = append(args, "-gcflags="+p+"=-m")
	}
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	heap := make(map[string]string)
	for _, line := range strings.Split(string(out), "\n") {
		parts := strings.SplitN(line, ":", 4)
		_, file, ok := strings.Cut(parts[0], "/src/")
		if !ok || len(parts) < 4 {
			continue
		}
		what, escapes := strings.CutSuffix(strings.TrimSpace(parts[3]), " escapes to heap")
		if moved, ok := strings.CutPrefix(what, "moved to heap: "); ok {
			what, escapes = moved, true
		}
		if escapes && what != "append" {
			heap[file+":"+parts[1]+":"+parts[2]] = what
		}
	}
	return heap
}
