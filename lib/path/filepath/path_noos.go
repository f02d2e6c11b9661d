//go:build mote

package filepath

import "strings"

// HasPrefix reports whether p begins with prefix.
//
// Deprecated: as in Go, it does not respect path elements.
func HasPrefix(p, prefix string) bool { return strings.HasPrefix(p, prefix) }

func splitList(path string) []string {
	if path == "" {
		return []string{}
	}
	return strings.Split(path, string(ListSeparator))
}

func abs(path string) (string, error) { return unixAbs(path) }

// join joins what follows the leading empty elements.
func join(elem []string) string {
	for len(elem) > 0 && elem[0] == "" {
		elem = elem[1:]
	}
	if len(elem) == 0 {
		return ""
	}
	return Clean(strings.Join(elem, string(Separator)))
}

// sameWord compares path elements; case matters.
func sameWord(a, b string) bool { return a == b }
