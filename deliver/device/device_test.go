package device

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"mote/deliver/policy"
)

func TestEmbeddedProfiles(t *testing.T) {
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(all), len(Architectures()); got != want {
		t.Errorf("%d profiles for %d architectures", got, want)
	}
	for _, p := range all {
		if p.Name != "generic-"+p.Arch || p.OS != "linux" {
			t.Errorf("profile %s is for %s/%s", p.Name, p.OS, p.Arch)
		}
		if Variable(p.Arch) == "" && len(Levels(p.Arch)) > 1 {
			t.Errorf("%s has levels and no variable", p.Arch)
		}
	}
}

func TestEncodeRoundTrip(t *testing.T) {
	p, err := Load("generic-arm64")
	if err != nil {
		t.Fatal(err)
	}
	p.Service.Workload = []Request{{URL: "http://127.0.0.1:1/", Contains: "a\"b", Repeat: 3}}
	var b bytes.Buffer
	if err := p.Encode(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Parse("again.toml", b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if !reflect.DeepEqual(p, again) {
		t.Errorf("changed by a round trip:\n%+v\n%+v", p, again)
	}
}

func TestInherit(t *testing.T) {
	const text = `
inherits = "generic-arm64"
name = "mine"
[seccomp]
allow = ["read"]
[[seccomp.rule]]
call = "write"
arg = 0
values = [1]
[cpu]
level = "v8.2"
[service]
path = "/app/mine"
`
	p, err := Parse("mine.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Seccomp.Allow) != 1 || len(p.Seccomp.Rules) != 1 || p.Seccomp.Rules[0].Mask != 0 || p.Seccomp.Default != policy.ActionErrno {
		t.Errorf("lists are replaced and the rest stays: %+v", p.Seccomp)
	}
	if p.CPU.Level != "v8.2" || p.CPU.Model != "cortex-a53" || p.Service.Path != "/app/mine" || p.Service.UID != 1000 || p.Inherits != "" {
		t.Errorf("tables are merged key by key: %+v %+v %q", p.CPU, p.Service, p.Inherits)
	}
}

// TestMistakes: each names file and key.
func TestMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"syntax", "name = \n", "p.toml:1"},
		{"type", "name = 3", "p.toml"},
		{"key", `nmae = "x"`, "nmae: unknown key"},
		{"nested key", "[cpu]\nmodle = \"x\"", "cpu.modle: unknown key"},
		{"parent", `inherits = "nosuch"`, `there is no profile "nosuch": want one of generic-386`},
		{"no name", `name = ""`, "name: a profile needs a name"},
		{"name", `name = "a b"`, "space or slash"},
		{"os", `os = ""`, "os: want the device's operating system"},
		{"arch", `arch = "arm65"`, `arch: "arm65" is no architecture`},
		{"level", "[cpu]\nlevel = \"v1\"", `cpu.level: "v1" is not one of v8.0`},
		{"model", "[cpu]\nmodel = \"a,b\"", "cpu.model"},
		{"cores", "[cpu]\ncores = 65", "cpu.cores: 65 is not from 0 to 64"},
		{"release", "[kernel]\nmin = \"new\"", `kernel.min: "new" is no kernel release`},
		{"range", "[kernel]\nmin = \"6.1\"\nmax = \"5.10\"", "kernel: min 6.1 is above max 5.10"},
		{"no pages", "page_sizes = []", "page_sizes: want at least one"},
		{"pages", "page_sizes = [5000]", "5000 is not a power of two"},
		{"path", "[service]\npath = \"app\"", `service.path: "app" is not an absolute path`},
		{"parent path", "[service]\npath = \"/a/../b\"", "service.path"},
		{"env", "[service]\nenv = [\"A\"]", `service.env: "A" is not KEY=value`},
		{"url", "[[service.workload]]\nurl = \"x\"", "service.workload"},
		{"repeat", "[[service.workload]]\nurl = \"http://x\"\nrepeat = -1", "repeat -1"},
		{"status", "[[service.workload]]\nurl = \"http://x\"\nstatus = 7", "status 7"},
		{"entry kind", "[[rootfs.entry]]\npath = \"/a\"\nkind = \"pipe\"", `"pipe" is not one of dir, file`},
		{"entry path", "[[rootfs.entry]]\npath = \"a\"\nkind = \"dir\"", `"a" is not an absolute path`},
		{"entry mode", "[[rootfs.entry]]\npath = \"/a\"\nkind = \"dir\"\nmode = 65535", "more than permission bits"},
		{"entry target", "[[rootfs.entry]]\npath = \"/a\"\nkind = \"symlink\"", "has a target"},
		{"entry content", "[[rootfs.entry]]\npath = \"/a\"\nkind = \"dir\"\ncontent = \"x\"", "only a file has content"},
		{"entry fs", "[[rootfs.entry]]\npath = \"/a\"\nkind = \"mount\"", "has a file system"},
		{"interpreter", "[exec]\ninterpreters = [\"ld.so\"]", "exec.interpreters"},
		{"library", "[exec]\nlibraries = [\"[\"]", "exec.libraries"},
		{"default", "[seccomp]\ndefault = \"allow\"", "seccomp.default"},
		{"twice", "[seccomp]\nallow = [\"read\", \"read\"]", "read stands there twice"},
		{"empty", "[seccomp]\nallow = [\"\"]", "entry 0 is empty"},
		{"no effect", "[[seccomp.rule]]\ncall = \"read\"\narg = 0\nvalues = [1]", "the rule has no effect"},
		{"argument", "[[seccomp.rule]]\ncall = \"bpf\"\narg = 6\nvalues = [1]", "argument 6 is not from 0 to 5"},
		{"no values", "[[seccomp.rule]]\ncall = \"bpf\"\narg = 0\nvalues = []", "no values"},
		{"never", "[[seccomp.rule]]\ncall = \"bpf\"\narg = 0\nmask = 1\nvalues = [2]", "never matches"},
		{"abi", "[landlock]\nmin_abi = 99", "landlock.min_abi"},
		{"landlock", "[landlock]\nread = [\"etc\"]", "landlock.read"},
		{"port", "[landlock]\nbind = [65536]", "p.toml"},
		{"size", "# " + strings.Repeat("x", maxFile), "a profile has at most 1048576"},
	}
	for _, tt := range tests {
		text := tt.text
		if !strings.Contains(text, "inherits") {
			text = "inherits = \"generic-arm64\"\n" + text
		}
		if tt.name == "syntax" {
			text = tt.text
		}
		_, err := Parse("p.toml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "p.toml") {
			t.Errorf("%s: got %v, want a message with %q and the file", tt.name, err, tt.want)
		}
	}
	if _, err := Load("nosuch"); err == nil || !strings.Contains(err.Error(), "known profiles: generic-386") {
		t.Errorf("an unknown name gives %v", err)
	}
}

func TestReleases(t *testing.T) {
	tests := []struct {
		min, max, release Release
		in                bool
	}{
		{"5.10", "", "5.10", true},
		{"5.10", "", "5.10.0-37-cloud-arm64", true},
		{"5.10", "", "5.9.16", false},
		{"5.10", "", "6.1.0", true},
		{"", "6.1", "6.1.55", true},
		{"", "6.1", "6.10", false},
		{"", "6.1", "6.1-rc1", true},
		{"", "6.1.5", "6.1.6", false},
		{"", "", "0.1", true},
	}
	for _, tt := range tests {
		if got := (Kernel{tt.min, tt.max}).Contains(tt.release); got != tt.in {
			t.Errorf("%s in %s to %s: %v", tt.release, tt.min, tt.max, got)
		}
	}
}

// FuzzParse: any text gives a checked profile or an error, and a profile survives being written and read.
func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		text, err := embedded.ReadFile("data/" + name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := Parse("fuzz.toml", text)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := p.Encode(&b); err != nil {
			t.Fatalf("cannot be written: %v", err)
		}
		if _, err := Parse("again.toml", b.Bytes()); err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, b.String())
		}
	})
}
