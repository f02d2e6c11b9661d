package suite

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// module is what this package is part of, and its servers and generator too.
const module = "github.com/mote-go/mote/guard/bench"

// source returns the directory with this module's source. If dir is not given, it is looked for in a checkout around the working directory, and
// then among the modules that the working directory's module requires.
func source(dir string) (string, error) {
	if dir != "" {
		if !isSource(dir) {
			return "", fmt.Errorf("%s is not the source of %s: it has no go.mod of that module", dir, module)
		}
		return filepath.Abs(dir)
	}
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for at := at; ; at = filepath.Dir(at) {
		for _, sub := range []string{".", "bench", "guard/bench"} {
			if candidate := filepath.Join(at, sub); isSource(candidate) {
				return candidate, nil
			}
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output(); err == nil {
		if candidate := strings.TrimSpace(string(out)); isSource(candidate) {
			return candidate, nil
		}
	}
	return "", fmt.Errorf("the servers to be measured are built from the source of %s, which is neither around %s nor a module that it requires; say where with -dir", module, at)
}

// isSource tells whether a directory is this module's root.
func isSource(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(first) == "module "+module
}
