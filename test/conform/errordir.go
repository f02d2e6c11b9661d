package conform

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// layOutErrors turns an errorcheckdir test into a module: each package is a folder named as its first file, because that is
// how relative imports call it. It returns the files and the pattern of the last package, in which the mistakes are.
func layOutErrors(src, dst string) (files []string, last string, err error) {
	if files, err = filepath.Glob(filepath.Join(src, "*.go")); err != nil {
		return nil, "", err
	}
	folders := map[string]string{} // by package name
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, "", err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.PackageClauseOnly)
		if err != nil {
			return nil, "", err
		}
		name := parsed.Name.Name
		if folders[name] == "" {
			folders[name] = strings.TrimSuffix(filepath.Base(file), ".go")
			last = "./" + folders[name]
		}
		folder := filepath.Join(dst, folders[name])
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, "", err
		}
		text = relativeImport.ReplaceAll(text, []byte(`"test/$1"`))
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), text, 0o644); err != nil {
			return nil, "", err
		}
	}
	return files, last, makeModule(dst, "1.26")
}
