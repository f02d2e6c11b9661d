package record

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mote/deliver/policy"
	"mote/deliver/sandbox"
)

// worker builds testdata/worker as programs for devices are built.
func worker(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "worker")
	cmd := exec.Command("go", "build", "-o", name, "./testdata/worker")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

// room is the folder that the worker works in.
func room(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"parts", "store", "made"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"config", "secret"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// trace records a run that must succeed. What may keep the test from tracing is a reason to skip.
func trace(t *testing.T, name string, args ...string) *Recording {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	tracer, err := Start(cmd)
	if err != nil {
		t.Skip("ptrace is not permitted here: ", err)
	}
	if err := <-tracer.Ended; err != nil {
		t.Fatal(err)
	}
	return tracer.Recording()
}

// TestRecordedIsEnough records a program, restricts it to what was recorded, and has it do the same again, and other things that must fail then.
func TestRecordedIsEnough(t *testing.T) {
	exe, dir := worker(t), room(t)
	r := trace(t, exe, dir)
	p, err := r.Policy(policy.Policy{Seccomp: policy.Seccomp{Default: policy.ActionErrno}})
	if err != nil {
		t.Fatal(err)
	}
	checkPaths(t, p, exe, dir)
	bind, connect := []uint16{0, 18734}, []uint16{18734} // package net binds any port of ::1 to find out whether there is IPv6
	if !slices.Equal(p.Landlock.Bind, bind) || !slices.Equal(p.Landlock.Connect, connect) {
		t.Errorf("bind %v, connect %v, want %v and %v", p.Landlock.Bind, p.Landlock.Connect, bind, connect)
	}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "policy.json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(exe, file, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("restricted to what it did: %v\n%s\n%s", err, out, text)
	}
	checkRefused(t, string(out))
}

func checkPaths(t *testing.T, p *policy.Policy, exe, dir string) {
	t.Helper()
	read := []string{filepath.Join(dir, "config"), filepath.Join(dir, "parts"), "/proc/self"}
	write := []string{filepath.Join(dir, "store"), filepath.Join(dir, "made")}
	slices.Sort(write)
	for _, name := range read {
		if !slices.Contains(p.Landlock.Read, name) {
			t.Errorf("%s is not in read: %q", name, p.Landlock.Read)
		}
	}
	if !slices.Equal(p.Landlock.Write, write) {
		t.Errorf("write is %q, want %q", p.Landlock.Write, write)
	}
	if want := []string{exe}; !slices.Equal(p.Landlock.Exec, want) {
		t.Errorf("exec is %q, want %q", p.Landlock.Exec, want)
	}
}

// checkRefused holds each thing that the worker tells to what the policy refuses.
func checkRefused(t *testing.T, out string) {
	t.Helper()
	abi := sandbox.LandlockABI()
	for what, since := range map[string]int{ // the version of Landlock that refuses it, 0: the filter does
		"read another file": 1, "write what was read": 1, "listen on another port": 4,
		"another type of socket": 0, "executable memory": 0, "multipath TCP": 0, "exec": 0,
	} {
		want := "operation not permitted"
		if since > 0 {
			want = "permission denied"
		}
		if abi < since {
			continue
		}
		if !slices.ContainsFunc(strings.Split(out, "\n"), func(line string) bool {
			return strings.HasPrefix(line, what+": ") && strings.Contains(line, want)
		}) {
			t.Errorf("%s: want %s in\n%s", what, want, out)
		}
	}
}

// TestSameRecording: two runs of a program differ in how often, not in what; so do the policies that they give.
func TestSameRecording(t *testing.T) {
	exe, dir := worker(t), room(t)
	text := func() string {
		p, err := trace(t, exe, dir).Policy(policy.Policy{})
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.MarshalIndent(p.Landlock, "", " ")
		return string(b)
	}
	trace(t, exe, dir) // the first run makes folders that are there afterwards
	if a, b := text(), text(); a != b {
		t.Errorf("two runs give\n%s\n%s", a, b)
	}
}

// TestEnd: how a program ends reaches the one who waits.
func TestEnd(t *testing.T) {
	for script, want := range map[string]string{"exit 3": "exit status 3", "kill -SEGV $$": "segmentation fault", "kill -TERM $$": ""} {
		tracer, err := Start(exec.Command("/bin/sh", "-c", script))
		if err != nil {
			t.Skip(err)
		}
		err = <-tracer.Ended
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", script, err)
		}
	}
	if _, err := Start(exec.Command("/nowhere/at/all")); err == nil {
		t.Error("a program that is not there was started")
	}
}

// TestChildren: what a child does is recorded as well.
func TestChildren(t *testing.T) {
	dir := room(t)
	r := trace(t, "/bin/sh", "-c", "cat < /dev/null; sh -c 'cat "+dir+"/config > "+dir+"/store/copy'")
	has := func(name string) bool {
		return slices.ContainsFunc(r.Files, func(f File) bool { return f.Path == name })
	}
	if !has(filepath.Join(dir, "config")) || !has(filepath.Join(dir, "store/copy")) {
		t.Errorf("files of the grandchild are not in %+v", r.Files)
	}
	if r.Calls["execve"] < 2 {
		t.Errorf("%d calls of execve", r.Calls["execve"])
	}
}
