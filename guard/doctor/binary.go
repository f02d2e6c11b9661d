package doctor

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"go/version"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

// Binary is what the Go linker wrote into a binary about how it was built.
type Binary struct {
	Path      string   `json:"path"`
	GoVersion string   `json:"go_version"`       // such as go1.26.1
	Main      string   `json:"main,omitempty"`   // path of the main package
	Module    string   `json:"module,omitempty"` // path@version of its module
	Platform  string   `json:"platform,omitempty"`
	CGO       bool     `json:"cgo"`
	Race      bool     `json:"race"`
	Flags     []string `json:"flags,omitempty"`   // of the compiler and the linker, and build tags: key=value
	GODEBUG   []string `json:"godebug,omitempty"` // the settings that differ from the release's own, as go.mod and //go:debug lines gave them: key=value
	Modules   []string `json:"modules,omitempty"` // path@version, replacements resolved
}

// ReadBinary reads the build information of a Go binary. The error names the file and says what is wrong with it.
func ReadBinary(path string) (*Binary, error) {
	info, err := buildinfo.ReadFile(path)
	var pathError *fs.PathError
	switch {
	case err == nil:
		return newBinary(path, info), nil
	case errors.As(err, &pathError):
		return nil, fmt.Errorf("%s: %w", path, pathError.Err)
	}
	if stat, statErr := os.Stat(path); statErr == nil && stat.IsDir() {
		return nil, fmt.Errorf("%s: is a directory, not a binary", path)
	}
	return nil, fmt.Errorf("%s: no Go build information: not a Go binary, or built before Go 1.13, or packed", path)
}

func newBinary(path string, info *debug.BuildInfo) *Binary {
	b := &Binary{Path: path, GoVersion: info.GoVersion, Main: info.Path}
	if info.Main.Path != "" {
		b.Module = moduleName(&info.Main)
	}
	for _, dependency := range info.Deps {
		b.Modules = append(b.Modules, moduleName(dependency))
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
		switch s.Key {
		case "CGO_ENABLED":
			b.CGO = s.Value == "1"
		case "-race":
			b.Race = s.Value == "true"
		case "-gcflags", "-ldflags", "-tags", "-asan", "-msan", "-cover":
			b.Flags = append(b.Flags, s.Key+"="+s.Value)
		case "DefaultGODEBUG":
			b.GODEBUG = strings.Split(s.Value, ",")
		}
	}
	if settings["GOOS"] != "" {
		b.Platform = settings["GOOS"] + "/" + settings["GOARCH"]
	}
	return b
}

func moduleName(m *debug.Module) string {
	if m.Replace != nil {
		m = m.Replace
	}
	if m.Version == "" {
		return m.Path
	}
	return m.Path + "@" + m.Version
}

// Before tells whether the binary was built by a Go release before the given one, such as "go1.25". A development version counts as new.
func (b *Binary) Before(release string) bool {
	built, _, _ := strings.Cut(b.GoVersion, " ") // go1.22.1 X:boringcrypto
	built, _, _ = strings.Cut(built, "-")        // go1.24.4-vendor
	return version.IsValid(built) && version.Compare(built, release) < 0
}

// uses returns the module with this path, and its version, or "".
func (b *Binary) uses(path string) string {
	i := slices.IndexFunc(b.Modules, func(m string) bool { return m == path || strings.HasPrefix(m, path+"@") })
	if i < 0 {
		return ""
	}
	return b.Modules[i]
}
