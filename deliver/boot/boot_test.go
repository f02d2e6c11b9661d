package boot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mote/deliver/boot/console"
	"mote/deliver/cpio"
	"mote/deliver/device"
	"mote/internal/cache"
	"mote/internal/need"
)

// gate is what boots have in common: kernel, guest and a program, made once.
type gate struct {
	kernel *Kernel
	guest  string
}

func newGate(t *testing.T) gate {
	t.Helper()
	if testing.Short() {
		t.Skip("boots a kernel")
	}
	need.Tools(t, emulator, "dpkg-deb", "apt-get")
	dir, err := cache.Dir()
	if err != nil {
		t.Fatal(err)
	}
	store, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	kernel, err := FetchKernel(t.Context(), KernelDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	guest, err := BuildGuest(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return gate{kernel, guest}
}

// service is a program that the tests boot; its arguments choose how it misbehaves.
const service = `package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

func main() {
	fmt.Println("args", strings.Join(os.Args[1:], ","), "env", strings.Join(os.Environ(), ","))
	if len(os.Args) > 1 && os.Args[1] == "exit" {
		os.Exit(3)
	}
	http.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello ", os.Getuid()) })
	http.HandleFunc("/write", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, os.WriteFile(r.FormValue("to"), nil, 0o600))
	})
	http.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "/etc/mine") })
	fmt.Println(http.ListenAndServe(":8080", nil))
}
`

// compile builds text for ARM64.
func compile(t *testing.T, text string, env []string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": text, "go.mod": "module sample\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", slices.Concat([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", "program"}, flags)...)
	cmd.Dir = dir
	cmd.Env = slices.Concat(os.Environ(), []string{"GOOS=linux", "GOARCH=arm64", "GOARM64=v8.0", "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off"}, env)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return filepath.Join(dir, "program")
}

func profile(t *testing.T) *device.Profile {
	t.Helper()
	p, err := device.Load("generic-arm64")
	if err != nil {
		t.Fatal(err)
	}
	p.Service.Workload = []device.Request{{URL: "http://127.0.0.1:8080/hello", Contains: "hello 1000", Repeat: 20}}
	return p
}

func (g gate) boot(t *testing.T, c Config) *Report {
	t.Helper()
	c.Kernel, c.Guest = g.kernel, g.guest
	r, err := Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestService boots a real kernel with a service and looks at all that the report has.
func TestService(t *testing.T) {
	g := newGate(t)
	p := profile(t)
	p.Service.Env = []string{"ONLY=this"}
	p.Service.Args = []string{"one", "two"}
	p.Service.Workload = append(p.Service.Workload,
		device.Request{URL: "http://127.0.0.1:8080/write?to=/x", Contains: "read-only file system"},
		device.Request{URL: "http://127.0.0.1:8080/write?to=/data/x", Contains: "<nil>"},
		device.Request{URL: "http://127.0.0.1:8080/none", Status: 404},
		device.Request{URL: "http://127.0.0.1:8080/file", Contains: "mine"},
	)
	mine := filepath.Join(t.TempDir(), "mine")
	if err := os.WriteFile(mine, []byte("this is mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := g.boot(t, Config{Profile: p, Program: compile(t, service, nil), Files: []File{{"/etc/mine", mine, 0o644}}})
	if !r.OK {
		t.Fatalf("%v\n%s", r.Failures(), strings.Join(append(r.Output, r.Console...), "\n"))
	}
	if r.Guest.Machine != "aarch64" || r.Guest.PageSize != 4096 || r.Guest.Landlock < 1 || !strings.Contains(r.Guest.LSM, "landlock") || r.Booted.SHA256 == "" {
		t.Errorf("kernel: %+v %+v", r.Guest, r.Booted)
	}
	if len(r.Output) == 0 || r.Output[0] != "args one,two env ONLY=this" {
		t.Errorf("output: %q", r.Output)
	}
	if len(r.Requests) != 5 || r.Requests[0].Count != 20 || r.Requests[0].Body != "hello 1000" {
		t.Errorf("requests: %+v", r.Requests)
	}
	var names []string
	for _, c := range r.Checks {
		names = append(names, c.Name)
	}
	for _, want := range []string{"kernel release", "page size", "security module landlock", "root is read-only", "program", "identity", "code only from the program", "service ends"} {
		if !slices.Contains(names, want) {
			t.Errorf("no check %q in %q", want, names)
		}
	}
}

// TestRefused: the gate says what is wrong with programs that do not run as they should.
func TestRefused(t *testing.T) {
	g := newGate(t)
	program := compile(t, service, nil)
	tests := []struct {
		name    string
		program string
		change  func(*device.Profile)
		mode    string
		want    string
	}{
		{name: "needs a loader", program: compile(t, service, nil, "-buildmode=pie"), want: "its program interpreter is not"},
		{name: "instructions", program: compile(t, service, []string{"GOARM64=v8.1"}), want: "illegal instruction: an instruction that this CPU does not have"},
		{name: "machine", program: os.Args[0], want: "it is no program for this machine"},
		{name: "ends", program: program, change: func(p *device.Profile) { p.Service.Args = []string{"exit"} }, want: "it ended by itself: exit status 3"},
		{name: "answer", program: program, change: func(p *device.Profile) { p.Service.Workload[0].Contains = "goodbye" }, want: `the answer does not contain "goodbye"`},
		{name: "status", program: program, change: func(p *device.Profile) { p.Service.Workload[0].Status = 204 }, want: "status 200, want 204"},
		{name: "kernel", program: program, change: func(p *device.Profile) { p.Kernel.Min = "9.0" }, want: "want 9.0 or newer"},
		{name: "sandbox", program: program, mode: console.ModeSandbox, want: "without filter or NO_NEW_PRIVS"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := profile(t)
			if tt.change != nil {
				tt.change(p)
			}
			r := g.boot(t, Config{Profile: p, Program: tt.program, Mode: tt.mode})
			if text := strings.Join(r.Failures(), "\n"); r.OK || !strings.Contains(text, tt.want) {
				t.Errorf("want %q, have %v: %s", tt.want, r.OK, text)
			}
		})
	}
}

// TestForward reaches the service in the guest from the host, until the context ends.
func TestForward(t *testing.T) {
	g := newGate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var body string
	_, err = Run(ctx, Config{Profile: profile(t), Program: compile(t, service, nil), Kernel: g.kernel, Guest: g.guest, Forward: fmt.Sprintf("%d:8080", port), Ready: func(*Report) {
		defer cancel()
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/hello", port))
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		body = string(text)
	}})
	if !errors.Is(err, context.Canceled) || body != "hello 1000" {
		t.Errorf("answer %q, then %v", body, err)
	}
}

// TestNoKernel: what is no kernel is said to be none.
func TestNoKernel(t *testing.T) {
	g := newGate(t)
	kernel, err := OwnKernel(g.guest)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), Config{Profile: profile(t), Program: g.guest, Kernel: kernel, Guest: g.guest, Timeout: time.Second})
	if err == nil || !strings.Contains(err.Error(), "did not start /init") {
		t.Errorf("%v", err)
	}
}

func TestMistakes(t *testing.T) {
	p, err := device.Load("generic-riscv64")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), Config{Profile: p}); err == nil || !strings.Contains(err.Error(), "the boot gate boots linux/arm64") {
		t.Errorf("another architecture: %v", err)
	}
	c := Config{Profile: profile(t), Program: filepath.Join(t.TempDir(), "none"), Guest: os.Args[0], Kernel: &Kernel{}}
	if _, err := Run(t.Context(), c); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no program: %v", err)
	}
	c.Program, c.Files = os.Args[0], []File{{Path: "relative", Source: os.Args[0]}}
	if _, err := Run(t.Context(), c); err == nil || !strings.Contains(err.Error(), `"relative" is no absolute name`) {
		t.Errorf("a relative name: %v", err)
	}
	if _, err := OwnKernel(t.TempDir()); err == nil {
		t.Error("a folder is taken for a kernel")
	}
	if _, err := LoadKernel(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no kernel: %v", err)
	}
}

// TestInitramfs reads the archive back.
func TestInitramfs(t *testing.T) {
	p := profile(t)
	p.RootFS.Entries = append(p.RootFS.Entries, device.Entry{Path: "/etc/a/b/c", Kind: device.KindSymlink, Target: "/etc/hosts"},
		device.Entry{Path: "/secret", Kind: device.KindFile, Mode: 0o600, Content: "x"})
	small := filepath.Join(t.TempDir(), "small")
	if err := os.WriteFile(small, []byte("program"), 0o666); err != nil {
		t.Fatal(err)
	}
	c, err := Config{Profile: p, Program: small, Guest: small, Forward: "1:2", Kernel: &Kernel{Modules: []string{small}}}.complete()
	if err != nil {
		t.Fatal(err)
	}
	name, err := writeInitramfs(t.TempDir(), c)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	r := cpio.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if dir := filepath.Dir(h.Name); dir != "." && have[dir] == "" {
			t.Errorf("%s comes before its folder", h.Name)
		}
		if have[h.Name] != "" {
			t.Errorf("%s is there twice", h.Name)
		}
		have[h.Name] = fmt.Sprintf("%o", h.Mode)
	}
	for name, mode := range map[string]string{
		"init": "100755", "dev/console": "20600", "orders.json": "100600", "device/data": "40755", "device/app/service": "100555", "device/etc/hosts": "100644",
		"device/etc/a/b/c": "120777", "device/secret": "100600", "modules/small": "100644", "device/proc": "40755",
	} {
		if have[name] != mode {
			t.Errorf("%s has mode %q, want %s", name, have[name], mode)
		}
	}
}

// TestFollow reads consoles as they can be.
func TestFollow(t *testing.T) {
	lines := func(messages ...console.Message) string {
		var b strings.Builder
		for _, m := range messages {
			line, err := console.Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
		}
		return b.String()
	}
	kernel := console.Message{Kind: console.KindKernel, OK: true, Kernel: &console.Kernel{Release: "6.1"}}
	done := console.Message{Kind: console.KindDone, OK: true}
	for _, tt := range []struct {
		name, text string
		cause      error
		ok         bool
		want       string
	}{
		{"good", lines(kernel, done), nil, true, ""},
		{"noise", "[ 0.0] Booting\r\n" + lines(kernel) + "garbage \x00\xff" + lines(done), nil, true, ""},
		{"failed", lines(kernel, console.Message{Kind: console.KindDone, Text: "no such file"}), nil, false, "no such file"},
		{"panic", lines(kernel) + "Kernel panic - not syncing\r\n", nil, false, "the guest ended before it was done"},
		{"hangs", lines(kernel), errTimeout, false, "the guest was not done after 1s"},
		{"never", "Kernel panic - not syncing\r\n", nil, false, "did not start /init: the emulator ended: <nil>\nKernel panic"},
		{"silence", "", errTimeout, false, "did not start /init: not within 1s"},
	} {
		f := follower{config: Config{Timeout: time.Second, Log: func(string) {}, Stage: func(string) {}, Kernel: &Kernel{}}, report: &Report{Times: map[string]Millis{}}, started: time.Now()}
		f.follow(strings.NewReader(tt.text))
		r, err := f.finish(t.Context(), tt.cause, nil, "")
		text := fmt.Sprint(err)
		if err == nil {
			text = strings.Join(r.Failures(), "")
			if r.OK != tt.ok {
				t.Errorf("%s: OK is %v", tt.name, r.OK)
			}
		}
		if !strings.Contains(text, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, text, tt.want)
		}
	}
}

func TestCopySources(t *testing.T) {
	etc, to := t.TempDir(), t.TempDir()
	if err := copySources(etc, to); err == nil {
		t.Error("no sources at all are no error")
	}
	if err := os.MkdirAll(filepath.Join(etc, "sources.list.d"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"sources.list": "deb http://mirror.example/debian stable main\n", "sources.list.d/other.list": "deb http://other.example/apt x main\n",
		"sources.list.d/old.list.disabled": "deb http://mirror.example/debian old main\n",
	} {
		if err := os.WriteFile(filepath.Join(etc, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := copySources(etc, to); err != nil {
		t.Fatal(err)
	}
	if files, _ := os.ReadDir(to); len(files) != 1 || files[0].Name() != "sources.list" {
		t.Errorf("copied: %v", files)
	}
}
