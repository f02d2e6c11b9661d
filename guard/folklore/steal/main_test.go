package main

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestNoStealAffinity compares the releases with what was recorded, and says by the record that the four functions which choose and steal are the same text in
// Go 1.21 and 1.22.
func TestNoStealAffinity(t *testing.T) {
	recorded := record(t)
	for _, name := range []string{"schedule", "runqsteal", "runqget", "globrunqget"} {
		if recorded["go1.21.13"][name] == "" || recorded["go1.21.13"][name] != recorded["go1.22.12"][name] {
			t.Errorf("%s is not recorded as the same", name)
		}
	}
	for release, want := range recorded {
		t.Run(release, func(t *testing.T) {
			root, err := fetch(release)
			if err != nil && os.Getenv("MOTE_TOOLS") != "required" {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := hashes(root)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range functions {
				if got[name] != want[name] {
					t.Errorf("%s is %s, recorded %s", name, got[name], want[name])
				}
			}
		})
	}
}

// record reads lines of release, function and hash.
func record(t *testing.T) map[string]map[string]string {
	f, err := os.Open("testdata/hashes")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := map[string]map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 {
			t.Fatalf("line %q", lines.Text())
		}
		if all[fields[0]] == nil {
			all[fields[0]] = map[string]string{}
		}
		all[fields[0]][fields[1]] = fields[2]
	}
	return all
}
