package elfgate

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"slices"
	"strings"

	"mote/deliver/device"
)

// Build is what the Go build information says.
type Build struct {
	Go       string            `json:"go"`
	Path     string            `json:"path"`
	Module   string            `json:"module,omitempty"`
	Version  string            `json:"version,omitempty"`
	Settings map[string]string `json:"settings"`
	Modules  int               `json:"modules"` // number of modules that it depends on
}

// checkBuild compares the build information with header and profile.
func (g *gate) checkBuild() bool {
	info, err := buildinfo.Read(bytes.NewReader(g.data))
	if err != nil {
		g.find(NoBuildInfo, "%v", err)
		return true
	}
	b := &Build{Go: info.GoVersion, Path: info.Path, Module: info.Main.Path, Version: info.Main.Version, Settings: map[string]string{}, Modules: len(info.Deps)}
	for _, s := range info.Settings {
		b.Settings[s.Key] = s.Value
	}
	g.report.Build = b
	g.checkBuildTarget(b)
	g.checkBuildFlags(b)
	g.checkLevel(b)
	return true
}

func (g *gate) checkBuildTarget(b *Build) {
	for _, s := range []struct{ key, want string }{{"GOOS", g.profile.OS}, {"GOARCH", g.profile.Arch}} {
		if got := b.Settings[s.key]; got != "" && got != s.want {
			g.find(BuildTarget, "%s=%s, want %s", s.key, got, s.want)
		}
	}
}

func (g *gate) checkBuildFlags(b *Build) {
	if mode := b.Settings["-buildmode"]; mode != "" && mode != "exe" && !(mode == "pie" && g.file.Type == elf.ET_DYN && len(g.profile.Exec.Interpreters) > 0) {
		g.find(BuildMode, "-buildmode=%s, want exe", mode)
	}
	if b.Settings["CGO_ENABLED"] == "1" {
		g.find(CGO, "CGO_ENABLED=1; build with CGO_ENABLED=0")
	}
	for _, flag := range []string{"-race", "-msan", "-asan", "-cover"} {
		if b.Settings[flag] == "true" {
			g.find(Sanitizer, "%s", flag)
		}
	}
	if b.Settings["-trimpath"] != "true" {
		g.find(Paths, "build with -trimpath")
	}
	if b.Settings["vcs.modified"] == "true" {
		g.find(Modified, "commit %.12s with changes", b.Settings["vcs.revision"])
	}
}

// checkLevel compares GOARM64 and its like. A value is a level and, behind commas, options: "v8.0,lse", "7,softfloat".
func (g *gate) checkLevel(b *Build) {
	variable := device.Variable(g.profile.Arch)
	got := b.Settings[variable]
	if variable == "" || got == "" {
		return
	}
	level, options, _ := strings.Cut(got, ",")
	levels := device.Levels(g.profile.Arch)
	if slices.Index(levels, level) > slices.Index(levels, g.profile.CPU.Level) {
		g.find(Level, "%s=%s, and the CPU has %s", variable, got, g.profile.CPU.Level)
	}
	for option := range strings.SplitSeq(options, ",") {
		for _, feature := range featuresOf(option) {
			if !g.hasFeature(feature) {
				g.find(Level, "%s=%s needs the feature %s, which neither level %s nor cpu.features has", variable, got, feature, g.profile.CPU.Level)
			}
		}
	}
}

// featuresOf are the CPU features that an option of GOARM64 makes unconditional.
func featuresOf(option string) []string {
	switch option {
	case "lse":
		return []string{"atomics"}
	case "crypto":
		return []string{"aes", "pmull", "sha1", "sha2"}
	}
	return nil
}
