package doctor

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// rulesOf lists the rules of the findings.
func rulesOf(r Result) []string {
	rules := []string{}
	for _, f := range r.Findings {
		rules = append(rules, f.Rule)
	}
	slices.Sort(rules)
	return rules
}

func TestBinaryRules(t *testing.T) {
	deps := func(paths ...string) (all []*debug.Module) {
		for _, p := range paths {
			path, version, _ := strings.Cut(p, "@")
			all = append(all, &debug.Module{Path: path, Version: version})
		}
		return all
	}
	setting := func(key, value string) []debug.BuildSetting { return []debug.BuildSetting{{Key: key, Value: value}} }
	tests := []struct {
		name string
		info debug.BuildInfo
		want []string
	}{
		{"new", debug.BuildInfo{GoVersion: "go1.26.1"}, nil},
		{"supported", debug.BuildInfo{GoVersion: "go1.25.0"}, nil},
		{"development", debug.BuildInfo{GoVersion: "devel go1.27-abcdef Mon"}, nil},
		{"experiment", debug.BuildInfo{GoVersion: "go1.26.1 X:nodwarf5"}, nil},
		{"1.24", debug.BuildInfo{GoVersion: "go1.24.9"}, []string{"release/old", "release/quota"}},
		{"1.24 automaxprocs", debug.BuildInfo{GoVersion: "go1.24.9", Deps: deps("go.uber.org/automaxprocs@v1.6.0")}, []string{"release/old"}},
		{"1.26 automaxprocs", debug.BuildInfo{GoVersion: "go1.26.1", Deps: deps("go.uber.org/automaxprocs@v1.6.0")}, []string{"module/automaxprocs"}},
		{"1.22", debug.BuildInfo{GoVersion: "go1.22.12"}, []string{"release/old", "release/quota", "release/timers"}},
		{"1.13", debug.BuildInfo{GoVersion: "go1.13.15"}, []string{"release/preempt", "release/quota", "release/timers"}},
		{"race", debug.BuildInfo{GoVersion: "go1.26.1", Settings: setting("-race", "true")}, []string{"build/race"}},
		{"debugging", debug.BuildInfo{GoVersion: "go1.26.1", Settings: setting("-gcflags", "all=-N -l")}, []string{"build/unoptimised"}},
		{"flags", debug.BuildInfo{GoVersion: "go1.26.1", Settings: setting("-gcflags", "-m -lang=go1.22")}, nil},
		{"old timers", debug.BuildInfo{GoVersion: "go1.26.1", Settings: setting("DefaultGODEBUG", "asynctimerchan=1,containermaxprocs=0,updatemaxprocs=0")},
			[]string{"godebug/quota", "godebug/quota", "godebug/timers"}},
		{"harmless", debug.BuildInfo{GoVersion: "go1.26.1", Settings: setting("DefaultGODEBUG", "asynctimerchan=0,http2client=0")}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := rulesOf(newBinary("service", &test.info).Check())
			if !slices.Equal(got, test.want) && len(got)+len(test.want) > 0 {
				t.Errorf("rules %v, want %v", got, test.want)
			}
		})
	}
}

func TestReadBinary(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadBinary(self)
	if err != nil {
		t.Fatal(err)
	}
	if b.GoVersion != runtime.Version() || b.Platform != runtime.GOOS+"/"+runtime.GOARCH {
		t.Errorf("read %+v", b)
	}
}

func TestNoGoBinary(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	write(t, text, "#!/bin/sh\n")
	empty := filepath.Join(dir, "empty")
	write(t, empty, "")
	for path, want := range map[string]string{
		text: "no Go build information", empty: "no Go build information", dir: "is a directory", filepath.Join(dir, "none"): "no such file",
	} {
		_, err := ReadBinary(path)
		if err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("ReadBinary(%q): %v, want %q", path, err, want)
		}
	}
}
