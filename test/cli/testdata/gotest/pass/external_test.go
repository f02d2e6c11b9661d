package pass_test

import (
	"testing"

	"example.com/gotest/pass"
)

func TestExternal(t *testing.T) {
	if pass.Reverse("ab") != "ba" {
		t.Error("wrong")
	}
}
