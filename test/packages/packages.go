// Package packages scores `mote test` on packages that were not written for it: those of the standard library, and the modules of
// others in the corpus. Nothing of them is changed.
//
// A suite is a list of packages and a list of single tests that cannot apply to a microcontroller, both files with a reason on every
// line that leaves something out. Start reading at ReadSuite and Runner.Run; WriteTable makes the page in doc/.
package packages

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Suite is what to run.
type Suite struct {
	Packages []Package
}

// Package is one package of a suite.
type Package struct {
	Path          string
	NotApplicable string // why it is not run, "" if it is
	Known         string // why it fails, as far as known
	Skips         []Skip
}

// Skip is a test that cannot apply.
type Skip struct {
	Test   string // "TestA" or "TestA/sub"
	Reason string
}

// ReadSuite reads packages.txt and skip.txt in dir.
//
// A line of packages.txt is an import path, and behind it "n/a" with the reason why the package cannot be tested on a device, or "fails" with the
// cause why it does not pass yet. A line of skip.txt is an import path, a test's name and the reason why it cannot apply.
// Lines that begin with # are comments.
func ReadSuite(dir string) (*Suite, error) {
	s := new(Suite)
	index := map[string]int{}
	err := readLines(filepath.Join(dir, "packages.txt"), func(words []string, rest string) error {
		p := Package{Path: words[0]}
		switch {
		case rest == "":
		case strings.HasPrefix(rest, "n/a "):
			p.NotApplicable = strings.TrimPrefix(rest, "n/a ")
		case strings.HasPrefix(rest, "fails "):
			p.Known = strings.TrimPrefix(rest, "fails ")
		default:
			return fmt.Errorf("want n/a or fails and a reason behind %s, have %q", words[0], rest)
		}
		if _, twice := index[p.Path]; twice {
			return fmt.Errorf("%s stands here twice", p.Path)
		}
		index[p.Path] = len(s.Packages)
		s.Packages = append(s.Packages, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readLines(filepath.Join(dir, "skip.txt"), func(words []string, rest string) error {
		test, reason, _ := strings.Cut(rest, " ")
		i, ok := index[words[0]]
		switch {
		case !ok:
			return fmt.Errorf("%s is not in packages.txt", words[0])
		case test == "" || reason == "":
			return fmt.Errorf("want a package, a test and a reason, have %q", strings.Join(words, " "))
		}
		s.Packages[i].Skips = append(s.Packages[i].Skips, Skip{test, strings.TrimSpace(reason)})
		return nil
	})
	return s, err
}

// readLines calls take for each line with its words, and with all behind the first word.
func readLines(name string, take func(words []string, rest string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		_, rest, _ := strings.Cut(text, " ")
		if err := take(strings.Fields(text), strings.TrimSpace(rest)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// skipPattern is the value of -skip, "" for none.
func (p Package) skipPattern() string {
	var all []string
	for _, s := range p.Skips {
		elems := strings.Split(s.Test, "/")
		for i, e := range elems {
			elems[i] = "^" + e + "$"
		}
		all = append(all, strings.Join(elems, "/"))
	}
	return strings.Join(all, "|")
}
