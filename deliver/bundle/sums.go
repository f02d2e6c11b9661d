package bundle

import (
	"fmt"
	"strings"
)

// sums is SumsFile for these subjects, in the form that `sha256sum -c` reads: all but itself.
func sums(subjects []Subject) []byte {
	var b strings.Builder
	for _, s := range subjects {
		if s.Name != SumsFile {
			fmt.Fprintf(&b, "%s  %s\n", s.Digest.SHA256, s.Name)
		}
	}
	return []byte(b.String())
}
