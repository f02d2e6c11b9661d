package doctor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// tree is a /proc and a control group as files below a directory, with process 42, whose executable is this test.
type tree struct {
	version                             int
	status, environ, quota, stat, delay string
	niceValue, policy                   int
}

func (f tree) write(t *testing.T) (root string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege on Windows")
	}
	root = t.TempDir()
	proc := filepath.Join(root, "proc", "42")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(proc, "status"), f.status)
	if err := os.Symlink(self, filepath.Join(proc, "exe")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(proc, "environ"), f.environ)
	write(t, filepath.Join(proc, "stat"), fmt.Sprintf("42 (a) b (c) S 1 1 1 0 -1 4194560 1 1 1 1 1 1 1 1 20 %d 5 0 1 1 1 1 1 1 1 1 1 0 0 0 1 0 0 0 17 1 0 %d 0 0 0\n", f.niceValue, f.policy))
	write(t, filepath.Join(proc, "task", "42", "schedstat"), f.delay)
	write(t, filepath.Join(proc, "task", "43", "schedstat"), "0 0 0\n")
	f.writeGroup(t, root, proc)
	return root
}

func (f tree) writeGroup(t *testing.T, root, proc string) {
	group := filepath.Join(root, "sys/fs/cgroup/service")
	write(t, filepath.Join(group, "cpu.stat"), f.stat)
	if f.version == 1 {
		write(t, filepath.Join(proc, "cgroup"), "3:cpu,cpuacct:/service\n")
		write(t, filepath.Join(root, "proc/self/mountinfo"), "30 23 0:26 / /sys/fs/cgroup rw,relatime - cgroup cgroup rw,cpu,cpuacct\n")
		write(t, filepath.Join(group, "cpu.cfs_quota_us"), f.quota)
		write(t, filepath.Join(group, "cpu.cfs_period_us"), "100000\n")
		write(t, filepath.Join(group, "cpu.shares"), "512\n")
		return
	}
	write(t, filepath.Join(proc, "cgroup"), "0::/service\n")
	write(t, filepath.Join(root, "proc/self/mountinfo"), "30 23 0:26 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup rw\n")
	write(t, filepath.Join(group, "cpu.max"), f.quota)
}

const quiet = "Name:\tservice\nThreads:\t9\nCpus_allowed_list:\t0-7\nVmRSS:\t  102400 kB\n"

func TestProcessRules(t *testing.T) {
	tests := []struct {
		name string
		tree tree
		want []string
	}{
		{"healthy v2", tree{version: 2, status: quiet, quota: "max 100000\n", delay: "9000000000 100000000 10\n"}, nil},
		{"healthy v1", tree{version: 1, status: quiet, quota: "-1\n", delay: "0 0 0\n"}, nil},
		{"quota that is kept", tree{version: 2, status: quiet, quota: "200000 100000\n", stat: "nr_periods 1000\nnr_throttled 5\nthrottled_usec 1000\n", delay: "0 0 0\n"}, nil},
		{"throttled", tree{version: 1, status: quiet, quota: "50000\n", stat: "nr_periods 32\nnr_throttled 30\nthrottled_time 1000000000\n", delay: "0 0 0\n"},
			[]string{"quota/small", "quota/throttled"}},
		{"too many processors for the quota", tree{version: 2, status: quiet, quota: "200000 100000\n", environ: "GOMAXPROCS=8\x00", delay: "0 0 0\n"}, []string{"procs/quota"}},
		{"quota turned off", tree{version: 2, status: quiet, quota: "200000 100000\n", environ: "GODEBUG=containermaxprocs=0\x00", delay: "0 0 0\n"},
			[]string{"godebug/quota", "procs/quota"}},
		{"lowered", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "PATH=/bin\x00GOMAXPROCS=7\x00GOMAXPROCS=8\x00", delay: "0 0 0\n"}, []string{"procs/lowered"}},
		{"lowered to the quota", tree{version: 2, status: quiet, quota: "150000 100000\n", environ: "GOMAXPROCS=2\x00", delay: "0 0 0\n"}, nil},
		{"no number", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "GOMAXPROCS=all\x00", delay: "0 0 0\n"}, []string{"procs/invalid"}},
		{"no preemption", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "GODEBUG=madvdontneed=1,asyncpreemptoff=1\x00", delay: "0 0 0\n"}, []string{"godebug/preempt"}},
		{"collector", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "GOGC=10\x00GOMEMLIMIT=100MiB\x00", delay: "0 0 0\n"}, []string{"collector/eager", "collector/limit"}},
		{"no collector", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "GOGC=off\x00", delay: "0 0 0\n"}, []string{"collector/off"}},
		{"collector by limit", tree{version: 2, status: quiet, quota: "max 100000\n", environ: "GOGC=off\x00GOMEMLIMIT=1GiB\x00", delay: "0 0 0\n"}, nil},
		{"threads", tree{version: 2, status: strings.Replace(quiet, "\t9\n", "\t900\n", 1), quota: "max 100000\n", delay: "0 0 0\n"}, []string{"threads/many"}},
		{"contended and nice", tree{version: 2, status: quiet, quota: "max 100000\n", delay: "9000000000 9000000000 10\n", niceValue: 10}, []string{"cpu/contended", "cpu/nice"}},
		{"idle policy", tree{version: 2, status: quiet, quota: "max 100000\n", delay: "0 0 0\n", policy: 5}, []string{"cpu/policy"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, b, err := ReadProcess(test.tree.write(t), 42)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Unreadable) > 0 {
				t.Errorf("not readable: %v", p.Unreadable)
			}
			b = &Binary{Path: b.Path, GoVersion: "go1.26.1"} // whatever this test was built with
			if got := rulesOf(p.Check(b)); !slices.Equal(got, test.want) && len(got)+len(test.want) > 0 {
				t.Errorf("rules %v, want %v\n%+v", got, test.want, p)
			}
		})
	}
}

func TestProcs(t *testing.T) {
	tests := []struct {
		release, environment, godebug string
		quota                         float64
		want                          int
	}{
		{"go1.26.1", "", "", 0, 8},
		{"go1.26.1", "", "", 2.5, 3},
		{"go1.26.1", "", "", 0.5, 2},
		{"go1.26.1", "", "", 20, 8},
		{"go1.26.1", "", "containermaxprocs=0", 2.5, 8},
		{"go1.26.1", "5", "", 2.5, 5},
		{"go1.26.1", "0", "", 2.5, 3},
		{"go1.24.1", "", "", 2.5, 8},
	}
	for _, test := range tests {
		p := &Process{CPUs: 8, Environment: map[string]string{"GOMAXPROCS": test.environment, "GODEBUG": test.godebug}, Group: &Group{Quota: test.quota}}
		if got, source := p.Procs(&Binary{GoVersion: test.release}); got != test.want {
			t.Errorf("%+v: %d by %s", test, got, source)
		}
	}
}

func TestProcessesThatCannotBeRead(t *testing.T) {
	root := tree{version: 2, status: "Threads:\tmany\n", quota: "all\n", delay: "x"}.write(t)
	p, _, err := ReadProcess(root, 42)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"status: want a number after Threads, found \"many\"", "schedstat: want three numbers", "cpu.max"} {
		if !strings.Contains(strings.Join(p.Unreadable, "\n"), want) {
			t.Errorf("unreadable %q lacks %q", p.Unreadable, want)
		}
	}
	if _, _, err := ReadProcess(root, 43); err == nil || err.Error() != "pid 43: no such process" {
		t.Errorf("err = %v", err)
	}
	write(t, filepath.Join(root, "proc/44/status"), quiet)
	if _, _, err := ReadProcess(root, 44); err == nil || !strings.Contains(err.Error(), "pid 44: has no executable") {
		t.Errorf("err = %v", err)
	}
	write(t, filepath.Join(root, "bin/shell"), "#!")
	if err := os.Symlink(filepath.Join(root, "bin/shell"), filepath.Join(root, "proc/44/exe")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ReadProcess(root, 44); err == nil || !strings.Contains(err.Error(), "bin/shell): no Go build information") {
		t.Errorf("err = %v", err)
	}
	if _, _, err := ReadProcess(t.TempDir(), 1); err == nil || !strings.Contains(err.Error(), "on Linux only") {
		t.Errorf("err = %v", err)
	}
}

func FuzzProc(f *testing.F) {
	f.Add([]byte(quiet))
	f.Add([]byte("42 (a) b) S 1 2 3"))
	f.Add([]byte("Cpus_allowed_list:\t0-1048577,7-3\n"))
	f.Add([]byte("A=B\x00GOMAXPROCS=\x00=\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := parseStatus(b); err == nil && s.cpus < 0 {
			t.Errorf("%d CPUs", s.cpus)
		}
		parseStat(b)
		parseEnvironment(b)
		if n, ok := parseMemory(string(b)); ok && n <= 0 {
			t.Errorf("limit %d", n)
		}
	})
}

func TestFormats(t *testing.T) {
	p := &Process{PID: 42, Name: "service", Executable: "/bin/service", CPUs: 2, Threads: 900, Environment: map[string]string{"GOGC": "10"}, Policy: "other"}
	r := p.Check(&Binary{Path: "/bin/service", GoVersion: "go1.26.1", Main: "example.org/service"})
	r.Findings = append(r.Findings, Finding{Rule: "busyloop/spin", Where: Place{File: "a.go", Line: 3, Column: 2}, What: "loop", Related: []Note{{Place{File: "b.go", Line: 1, Column: 1}, "here"}}})
	var text, object, sarif bytes.Buffer
	for _, err := range []error{r.WriteText(&text), r.WriteJSON(&object), r.WriteSARIF(&sarif)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"GOMAXPROCS ", "pid 42: warning: 900 threads on 2 CPUs [threads/many]\n\twhy: ", "a.go:3:2: info: loop [busyloop/spin]\n\tb.go:1:1: here\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("text lacks %q:\n%s", want, &text)
		}
	}
	var back struct {
		Process  struct{ PID int }
		Findings []struct{ Rule, Severity string }
	}
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || back.Process.PID != 42 || len(back.Findings) != 3 || back.Findings[0].Severity != "warning" {
		t.Errorf("%v, %+v", err, back)
	}
	var log sarifLog
	if err := json.Unmarshal(sarif.Bytes(), &log); err != nil || len(log.Runs[0].Results) != 3 || log.Runs[0].Results[2].Locations[0].Physical.Region.Line != 3 {
		t.Errorf("%v, %s", err, &sarif)
	}
	if only := r.AtLeast(Warning); len(only.Findings) != 2 || len(r.Findings) != 3 {
		t.Errorf("%d of %d findings are warnings", len(only.Findings), len(r.Findings))
	}
}
