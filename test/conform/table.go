package conform

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Tally counts outcomes.
type Tally struct {
	Passed, Failed, Excluded int
	Texts                    Texts // of errorcheck tests
}

// Count adds a result.
func (t *Tally) Count(r Result) {
	t.Texts.Wanted += r.Texts.Wanted
	t.Texts.Matched += r.Texts.Matched
	switch r.Outcome {
	case Pass:
		t.Passed++
	case Fail:
		t.Failed++
	case Excluded:
		t.Excluded++
	}
}

// String is the closing line's text.
func (t Tally) String() string {
	s := fmt.Sprintf("%d passed, %d failed, %d excluded", t.Passed, t.Failed, t.Excluded)
	if t.Texts.Wanted > 0 {
		s += fmt.Sprintf("; %d of %d messages have gc's words", t.Texts.Matched, t.Texts.Wanted)
	}
	return s
}

// Rate is the share of the applicable tests that pass, in percent.
func (t Tally) Rate() float64 {
	return 100 * float64(t.Passed) / float64(max(t.Passed+t.Failed, 1))
}

// WriteTable writes a line per test, then the tally per directory, then the ten most frequent causes.
func WriteTable(w io.Writer, results []Result) (Tally, error) {
	var total Tally
	byDir := map[string]*Tally{}
	causes := map[string]int{}
	for _, r := range results {
		total.Count(r)
		dir := path.Dir(r.Test.Name)
		if byDir[dir] == nil {
			byDir[dir] = &Tally{}
		}
		byDir[dir].Count(r)
		if r.Outcome == Fail {
			causes[generalise(r.Cause)]++
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%.1fs\t%s\n", r.Outcome, r.Test.Name, r.Took.Seconds(), r.Cause); err != nil {
			return total, err
		}
	}
	fmt.Fprintln(w)
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		fmt.Fprintf(w, "%-16s %v (%.1f%%)\n", dir, *byDir[dir], byDir[dir].Rate())
	}
	fmt.Fprintln(w)
	for i, c := range byCount(causes) {
		if i == 10 {
			break
		}
		fmt.Fprintf(w, "%4d  %s\n", causes[c], c)
	}
	return total, nil
}

var specific = regexp.MustCompile(`0x[0-9a-f]+|\d+|"[^"]*"|\S+\.go\b\S*`)

// generalise strips what differs between failures of one cause.
func generalise(cause string) string {
	s := specific.ReplaceAllString(cause, "_")
	return strings.TrimSpace(fmt.Sprintf("%.100s", s))
}

func byCount(m map[string]int) []string {
	names := slices.Collect(maps.Keys(m))
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b))
	})
	return names
}
