package fuzzbad

import "testing"

func FuzzBad(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) {})
}
