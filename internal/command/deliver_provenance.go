package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"

	"mote/deliver/build"
	"mote/deliver/bundle"
	"mote/internal/diag"
)

// readRecord reads how the program was built from what `mote deliver build` has left beside it. The statement claims nothing that is not there.
func readRecord(program string) (*bundle.Build, error) {
	name := program + ".build.json"
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, diag.Errorf(token.Position{}, "build it with 'mote deliver build'", "%s is not there, so nobody knows how %s was built", name, program)
	}
	if err != nil {
		return nil, err
	}
	var r build.Record
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	sum, err := bundle.SHA256(program)
	if err != nil {
		return nil, err
	}
	if sum != r.SHA256 {
		return nil, diag.Errorf(token.Position{}, "build it again with 'mote deliver build'", "%s is not the program that %s describes: its SHA-256 is %s, not %s", program, name, sum, r.SHA256)
	}
	return &bundle.Build{Package: r.Package, Go: r.Go, Flags: r.Args, Env: r.Env, Again: r.Reproduced, VCS: r.Revision, Dirty: r.Modified}, nil
}
