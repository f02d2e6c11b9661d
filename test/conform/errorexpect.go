package conform

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// expectation is a regular expression in an ERROR comment: one message at its line should match it.
type expectation struct {
	file string // base name
	line int
	text *regexp.Regexp
}

// Texts counts the expectations of errorcheck tests and those that a message at their line matches word by word. Only the
// lines decide whether a test passes: the words are gc's own.
type Texts struct{ Wanted, Matched int }

var (
	errorComment = regexp.MustCompile(`// (?:GC_)?ERROR (.*)`)
	quoted       = regexp.MustCompile(`"([^"]*)"`)
	lineWord     = regexp.MustCompile(`LINE([+-]\d+)?`)
)

// expectations reads the ERROR comments of a file. A line with four slashes has none.
func expectations(file string) ([]expectation, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []expectation
	short := filepath.Base(file)
	for i, line := range strings.Split(string(src), "\n") {
		m := errorComment.FindStringSubmatch(line)
		if m == nil || strings.Contains(line, "////") {
			continue
		}
		patterns := quoted.FindAllStringSubmatch(m[1], -1)
		if patterns == nil {
			return nil, fmt.Errorf("%s:%d: no quoted text in %q", short, i+1, line)
		}
		for _, p := range patterns {
			re, err := regexp.Compile(withLines(p[1], short, i+1))
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", short, i+1, err)
			}
			out = append(out, expectation{file: short, line: i + 1, text: re})
		}
	}
	return out, nil
}

// withLines replaces LINE, LINE+n and LINE-n by a position relative to the line that they stand in.
func withLines(pattern, file string, line int) string {
	return lineWord.ReplaceAllStringFunc(pattern, func(word string) string {
		delta, _ := strconv.Atoi(strings.TrimPrefix(word, "LINE")) // nothing is 0
		return fmt.Sprintf("%s:%d", file, line+delta)
	})
}

// place is a line of a file, by its base name.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// judge compares what was reported with what should be: an error at each marked line, and none elsewhere.
func judge(want []expectation, got diag.List) (cause string, texts Texts) {
	byPlace := map[place][]string{}
	for _, d := range got {
		at := place{filepath.Base(d.Pos.Filename), d.Pos.Line}
		byPlace[at] = append(byPlace[at], d.Text)
	}
	marked := map[place]bool{}
	var missing, extra []string
	for _, w := range want {
		at := place{w.file, w.line}
		texts.Wanted++
		if slices.ContainsFunc(byPlace[at], w.text.MatchString) {
			texts.Matched++
		}
		if byPlace[at] == nil && !marked[at] {
			missing = append(missing, fmt.Sprintf("%v: no error, want %q", at, w.text))
		}
		marked[at] = true
	}
	for at, messages := range byPlace {
		if !marked[at] {
			extra = append(extra, fmt.Sprintf("%v: unexpected %q", at, messages[0]))
		}
	}
	slices.SortFunc(extra, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return strings.Join(append(missing, extra...), "; "), texts
}
