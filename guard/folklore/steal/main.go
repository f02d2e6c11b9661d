// Steal compares the scheduler's source between Go releases: which functions decide what a processor runs next and from whom it steals, and whether
// they changed. It fetches the releases through the go command.
//
//	go run ./folklore/steal go1.21.13 go1.22.12
//	go run ./folklore/steal -full go1.21.13 >> folklore/steal/testdata/hashes
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// functions are those of runtime/proc.go that choose the next goroutine.
var functions = [...]string{"schedule", "findRunnable", "stealWork", "runqsteal", "runqgrab", "runqget", "runqput", "globrunqget"}

func main() {
	full := flag.Bool("full", false, "print a line of release, function and whole hash for each")
	flag.Parse()
	releases := flag.Args()
	if len(releases) == 0 {
		releases = []string{"go1.21.13", "go1.22.12", "go1.24.9", "local"}
	}
	table := map[string]map[string]string{}
	for _, release := range releases {
		root, err := fetch(release)
		if err == nil {
			table[release], err = hashes(root)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if *full {
		list(releases, table)
	} else {
		print(releases, table)
	}
}

func list(releases []string, table map[string]map[string]string) {
	for _, release := range releases {
		for _, name := range functions {
			fmt.Println(release, name, table[release][name])
		}
	}
}

func print(releases []string, table map[string]map[string]string) {
	fmt.Printf("%-14s", "function")
	for _, release := range releases {
		fmt.Printf("  %-12s", release)
	}
	fmt.Println()
	for _, name := range functions {
		fmt.Printf("%-14s", name)
		for _, release := range releases {
			fmt.Printf("  %-12.12s", table[release][name])
		}
		fmt.Println()
	}
}

// fetch returns the GOROOT of a release, downloaded if need be.
func fetch(release string) (string, error) {
	cmd := exec.Command("go", "env", "GOROOT")
	cmd.Dir = os.TempDir() // outside of any module, whose go line might ask for a later release
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+release, "GOWORK=off")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s cannot be had: %w: %s", release, err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimSpace(string(out)), nil
}

// hashes returns the SHA-256 of the text of each of the functions, comments within them included, from func to the last brace.
func hashes(root string) (map[string]string, error) {
	name := filepath.Join(root, "src", "runtime", "proc.go")
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, 0)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		for _, name := range functions {
			if f.Name.Name == name {
				found[name] = fmt.Sprintf("%x", sha256.Sum256(text[fset.Position(f.Pos()).Offset:fset.Position(f.End()).Offset]))
			}
		}
	}
	return found, nil
}
