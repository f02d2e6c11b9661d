package packages

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// Tally counts packages.
type Tally struct {
	Passed, Failed, NotApplicable int
}

// String is "65 passed, 2 failed, 9 not applicable".
func (t Tally) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d not applicable", t.Passed, t.Failed, t.NotApplicable)
}

// Count counts results.
func Count(results []Result) (t Tally) {
	for _, r := range results {
		switch {
		case r.Package.NotApplicable != "":
			t.NotApplicable++
		case r.OK:
			t.Passed++
		default:
			t.Failed++
		}
	}
	return t
}

// WriteTable writes the rows of results in Markdown, then the tests that were left out with their reasons.
func WriteTable(w io.Writer, results []Result) error {
	var b strings.Builder
	b.WriteString("| package | result | passed | skip themselves | left out | why |\n|---|---|---:|---:|---:|---|\n")
	for _, r := range results {
		b.WriteString(row(r))
	}
	b.WriteString(leftOut(results))
	_, err := io.WriteString(w, b.String())
	return err
}

func row(r Result) string {
	p := r.Package
	if p.NotApplicable != "" {
		return fmt.Sprintf("| %s | n/a | | | | %s |\n", p.Path, cell(p.NotApplicable))
	}
	result, why := "pass", ""
	if !r.OK {
		result, why = "**fail**", p.Known
		if why == "" {
			why = r.Cause
		}
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %d | %s |\n", p.Path, result, r.Passed, r.Skipped, len(p.Skips), cell(why))
}

// cell makes text fit a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "|", "\\|"), "\n", " ")
}

// leftOut lists the tests that skip.txt leaves out.
func leftOut(results []Result) string {
	var b strings.Builder
	for _, r := range results {
		if r.Package.NotApplicable != "" {
			continue
		}
		for _, s := range r.Package.Skips {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", r.Package.Path, cell(s.Test), cell(s.Reason))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nLeft out, because they cannot apply:\n\n| package | test | why |\n|---|---|---|\n" + b.String()
}

// ReplaceTable puts the table of results into the Markdown file name, in place of all from its first table on; what stands before stays.
func ReplaceTable(name string, results []Result) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	head, _, _ := strings.Cut(string(old), "\n|")
	var b strings.Builder
	b.WriteString(strings.TrimRight(head, "\n") + "\n\n")
	if err := WriteTable(&b, results); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}
