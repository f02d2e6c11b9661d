package target

import (
	"embed"
	"fmt"
	"go/token"
	"io/fs"
	"path"
	"sort"
	"strings"

	"mote/internal/diag"
)

// embedded is data/{arch,chip,board}/*.toml; the keys are the toml tags of description.
//
//go:embed data
var embedded embed.FS

// Load returns the board of that name. An unknown name is an error that lists the known ones.
func Load(name string) (*Target, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return load(data, name)
}

// List returns every board, sorted by name.
func List() ([]*Target, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	var all []*Target
	for _, name := range boards(data) {
		t, err := load(data, name)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func load(data fs.FS, name string) (*Target, error) {
	known := boards(data)
	if !contains(known, name) {
		return nil, diag.Errorf(token.Position{}, "known targets: "+strings.Join(known, ", "), "unknown target %q", name)
	}
	r := &resolver{data: data, origin: map[string]string{}}
	if err := r.read("board/" + name); err != nil {
		return nil, err
	}
	return r.finish(name)
}

// boards lists the names in the board folder.
func boards(data fs.FS) []string {
	files, _ := fs.Glob(data, "board/*.toml")
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".toml"))
	}
	sort.Strings(names)
	return names
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// fail makes an error that names file and key.
func fail(file, key, format string, args ...any) error {
	return diag.Errorf(token.Position{}, "", "target/data/%s.toml: %s: %s", file, key, fmt.Sprintf(format, args...))
}
