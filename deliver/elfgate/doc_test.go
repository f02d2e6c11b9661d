package elfgate

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDocument: the specification has the table of codes as it is.
func TestDocument(t *testing.T) {
	text, err := os.ReadFile("../../doc/spec/device.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for _, m := range Codes() {
		fmt.Fprintf(&rows, "| `%s` | %s | %s |\n", m.Code, m.Severity, m.Text)
	}
	if !strings.Contains(string(text), rows.String()) {
		t.Errorf("doc/spec/device.md wants this table:\n%s", rows.String())
	}
}
