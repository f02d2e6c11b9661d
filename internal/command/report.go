package command

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"

	"mote/internal/diag"
)

// errorText renders an error for a person.
func errorText(err error) string {
	var list diag.List
	if !errors.As(err, &list) {
		return "mote: " + err.Error()
	}
	dir, _ := os.Getwd()
	var out string
	for i, d := range list {
		if i > 0 {
			out += "\n"
		}
		if !d.Pos.IsValid() {
			out += "mote: "
		}
		out += diag.List{d}.Format(dir)
	}
	return out
}

// failure is what -json gives for a command that failed.
type failure struct {
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Text   string `json:"text"`
	Hint   string `json:"hint,omitempty"`
}

func jsonDiagnostics(err error) []diagnostic {
	var list diag.List
	if !errors.As(err, &list) {
		return []diagnostic{{Text: err.Error()}}
	}
	var out []diagnostic
	for _, d := range list {
		out = append(out, diagnostic{d.Pos.Filename, d.Pos.Line, d.Pos.Column, d.Text, d.Hint})
	}
	return out
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	return enc.Encode(v)
}

// jsonFlag defines -json where a command has it.
func jsonFlag(fs *flag.FlagSet) *bool {
	return fs.Bool("json", false, "write JSON instead of text, errors included")
}

func wantsJSON(fs *flag.FlagSet) bool {
	f := fs.Lookup("json")
	return f != nil && f.Value.String() == "true"
}
