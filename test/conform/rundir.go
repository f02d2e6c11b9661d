package conform

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// relativeImport is an import of a sibling package, as only GOROOT/test still writes it.
var relativeImport = regexp.MustCompile(`"\.\.?/([^"]+)"`)

// layOut turns a rundir test into a module: files of the same package share a folder, the main package is the module's
// root, and relative imports become imports of the module "test".
func layOut(src, dst string) error {
	files, err := filepath.Glob(filepath.Join(src, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		folder := dst
		if name := parsed.Name.Name; name != "main" {
			// The import path is the first file's name where that differs from the package's.
			folder = filepath.Join(dst, strings.TrimSuffix(filepath.Base(file), ".go"))
			if existing := filepath.Join(dst, name); exists(existing) {
				folder = existing
			}
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		text = relativeImport.ReplaceAll(text, []byte(`"test/$1"`))
		// The go command would take name_test.go for a test of the package.
		base := strings.Replace(filepath.Base(file), "_test.go", "_main.go", 1)
		if err := os.WriteFile(filepath.Join(folder, base), text, 0o644); err != nil {
			return err
		}
	}
	return makeModule(dst, "1.26")
}

// makeModule makes dir the module "test" of a language version, with copies of files.
func makeModule(dir, version string, files ...string) error {
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module test\n\ngo "+version+"\n"), 0o644)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
