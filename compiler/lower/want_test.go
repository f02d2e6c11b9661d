package lower

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestWant lowers each program of testdata/want and compares the IR of its lines with the comments on them:
// `// want: regexp` must match the instructions of that line, joined by newlines, and `// not: regexp` must not.
func TestWant(t *testing.T) {
	files, err := filepath.Glob("testdata/want/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			out, _ := lowerProgram(t, "mps2-an385", file)
			checkWants(t, file, linesOf(t, out, "main"))
		})
	}
}

var wantComment = regexp.MustCompile(`// (want|not): (.*?)(?:;; |$)`)

func checkWants(t *testing.T, file string, ir map[int]string) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, line := range strings.Split(string(src), "\n") {
		for _, m := range wantComment.FindAllStringSubmatch(line, -1) {
			found++
			re, err := regexp.Compile("(?sm)" + m[2])
			if err != nil {
				t.Fatalf("%s:%d: %v", file, i+1, err)
			}
			if re.MatchString(ir[i+1]) != (m[1] == "want") {
				t.Errorf("%s:%d: %s: %s, but the line is\n%s", file, i+1, m[1], m[2], ir[i+1])
			}
		}
	}
	if found == 0 {
		t.Errorf("%s expects nothing", file)
	}
}

var (
	locationNode = regexp.MustCompile(`(?m)^!(\d+) = !DILocation\(line: (\d+),`)
	dbgSuffix    = regexp.MustCompile(`, !dbg !(\d+)$`)
)

// linesOf collects the instructions of module path by source line.
func linesOf(t *testing.T, out *Output, path string) map[int]string {
	t.Helper()
	for _, m := range out.Modules {
		if m.Path != path && m.Path != "command-line-arguments" {
			continue
		}
		nodes := map[string]int{}
		for _, n := range locationNode.FindAllStringSubmatch(m.Text, -1) {
			nodes[n[1]], _ = strconv.Atoi(n[2])
		}
		lines := map[int]string{}
		for _, instr := range strings.Split(m.Text, "\n") {
			if d := dbgSuffix.FindStringSubmatch(instr); d != nil {
				lines[nodes[d[1]]] += dbgSuffix.ReplaceAllString(instr, "") + "\n"
			}
		}
		return lines
	}
	t.Fatalf("no module %s", path)
	return nil
}
