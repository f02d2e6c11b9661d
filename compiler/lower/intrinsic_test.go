package lower

import (
	"testing"

	"mote/compiler/intrinsic"
)

// TestEveryIntrinsicHasCode keeps package intrinsic's names and the code for them in step: reach trusts the names.
func TestEveryIntrinsicHasCode(t *testing.T) {
	for _, name := range intrinsic.Names() {
		if intrinsicFor(name) == nil {
			t.Errorf("%s is listed as an intrinsic and has no code", name)
		}
	}
}
