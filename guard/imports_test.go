package guard

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imported maps each package of this module to those of it that its code may import, tests apart. Beside them there are std and x/sys, so that
// a service which wants the guard gets nothing else with it.
func imported() map[string][]string {
	return map[string][]string{
		"":                   {"classify", "sense", "shed", "boost", "record", "watch"},
		"boost":              {"classify", "internal/procs", "sense"},
		"cgroup":             {},
		"classify":           {"sense"},
		"classify/replay":    {"classify", "internal/recording"},
		"internal/procs":     {},
		"internal/raw":       {},
		"internal/recording": {"sense"},
		"lane":               {"internal/procs"},
		"metric":             {"", "boost", "classify", "record", "sense", "shed", "watch"},
		"page":               {"", "classify", "sense", "shed", "boost", "record"},
		"record":             {"classify", "sense"},
		"sense":              {"cgroup", "internal/raw"},
		"shed":               {"classify", "sense"},
		"stage":              {},
		"watch":              {"cgroup", "internal/raw"},
		"watch/runner":       {"watch"},
	}
}

func TestImports(t *testing.T) {
	const module = "github.com/mote-go/mote/guard"
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	table := imported()
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		name := strings.TrimPrefix(strings.TrimPrefix(words[0], module), "/")
		if strings.HasPrefix(name, "modes") || strings.HasPrefix(name, "folklore") {
			continue // programs for tests, which may use all of it
		}
		allowed, ok := table[name]
		if !ok {
			t.Errorf("package %q is not in the table: what may it import?", name)
		}
		for _, path := range words[1:] {
			own, in := strings.CutPrefix(path, module)
			switch {
			case in && !slices.Contains(allowed, strings.TrimPrefix(own, "/")):
				t.Errorf("%s imports %s, which the table does not allow", words[0], path)
			case !in && strings.Contains(strings.Split(path, "/")[0], ".") && !strings.HasPrefix(path, "golang.org/x/sys/"):
				t.Errorf("%s imports %s: this module has std and golang.org/x/sys only", words[0], path)
			}
		}
	}
}
