package watch

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestParseStat(t *testing.T) {
	for in, want := range map[string][2]string{
		"12 (server) S 1 2 3":   {"server", "S"},
		"12 (a) b (c)) R 1 2 3": {"a) b (c)", "R"},
		"12 () t 1":             {"", "t"},
		"":                      {"", ""},
		"12 (x":                 {"", ""},
		"12 (x)":                {"", ""},
	} {
		name, state, err := parseStat(in)
		if name != want[0] || state != want[1] || (err == nil) != (want[1] != "") {
			t.Errorf("%q: %q %q %v, expected %q", in, name, state, err, want)
		}
	}
}

func TestParseSyscall(t *testing.T) {
	read := map[string]string{"amd64": "0", "arm64": "63"}[runtime.GOARCH]
	if read == "" {
		t.Skip("the numbers of this architecture are not known")
	}
	for in, want := range map[string]string{
		"running":          "running",
		"-1 0x7ffe 0x4010": "no system call",
		read + " 0x3 0xc000012345 0x8000 0x0 0x0 0x0 0x7ffe 0x4010": "read(3, 0xc000012345, 32768)",
		"9999 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x4010":                "call 9999(3, 0, 0)",
	} {
		got, at, err := parseSyscall(in)
		if err != nil || got != want || in != "running" && (at.pc != 0x4010 || at.sp != 0x7ffe) {
			t.Errorf("%q: %q %+v %v, expected %q", in, got, at, err, want)
		}
	}
	for _, in := range []string{"", "x", "1 2", "x 0x1 0x2", "-1 0x1 0xzz"} {
		if _, _, err := parseSyscall(in); err == nil {
			t.Errorf("%q: no error", in)
		}
	}
}

func TestSysname(t *testing.T) {
	want := map[string]map[int]string{
		"amd64": {0: "read", 39: "getpid", 202: "futex", 281: "epoll_pwait", 334: "rseq", 424: "pidfd_send_signal", 435: "clone3"},
		"arm64": {63: "read", 172: "getpid", 98: "futex", 22: "epoll_pwait", 293: "rseq", 424: "pidfd_send_signal", 435: "clone3"},
	}[runtime.GOARCH]
	for n, name := range want {
		if got := sysname(n); got != name {
			t.Errorf("%d is %s, expected %s", n, got, name)
		}
	}
}

// The test looks at itself: its threads have names and CPU time, and its own functions are found by address.
func TestOwnThreads(t *testing.T) {
	p := tasksOf("/", os.Getpid())
	before := p.cpu()
	for x, end := 0, time.Now().Add(20*time.Millisecond); time.Now().Before(end); x++ {
	}
	ids, err := p.ids()
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	var cpu time.Duration
	for _, id := range ids {
		th, _, err := p.thread(id, before[id])
		if err != nil {
			t.Error(err)
		}
		cpu += th.CPU
	}
	if _, err := os.Stat("/proc/self/schedstat"); err == nil && cpu == 0 {
		t.Error("no thread has used CPU time")
	}
	if p.stopped() {
		t.Error("stopped")
	}
	s, err := readSymbols(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	pc, _, _, _ := runtime.Caller(0)
	if name := s.name(uint64(pc)); !strings.Contains(name, "watch.TestOwnThreads ") || !strings.Contains(name, "threads_linux_test.go:") {
		t.Errorf("the test is at %s", name)
	}
	if name := s.name(8); name != "0x8" {
		t.Errorf("address 8 is %s", name)
	}
}

func TestCoolDown(t *testing.T) {
	c := &child{order: order{Limit: 50 * ms, CoolDown: time.Second}, told: map[Judgement]time.Duration{}}
	for i, r := range []struct {
		at     time.Duration
		report Report
		want   bool
	}{
		{0, Report{Judgement: Contended, Silent: 50 * ms}, true},
		{500 * ms, Report{Judgement: Contended, Silent: 50 * ms}, false},
		{600 * ms, Report{Judgement: Captured, Silent: 50 * ms}, true},
		{999 * ms, Report{Judgement: Contended, Silent: 60 * ms}, false},
		{999 * ms, Report{Judgement: Contended, Silent: 500 * ms}, true},
		{2000 * ms, Report{Judgement: Contended, Silent: 50 * ms}, true},
	} {
		if got := c.worth(r.report, r.at); got != r.want {
			t.Errorf("report %d at %v: %v", i, r.at, got)
		}
	}
}

func FuzzThreadFiles(f *testing.F) {
	f.Add("12 (a) b) R 1")
	f.Add("0 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x4010")
	f.Add("123 456 7")
	f.Fuzz(func(t *testing.T, s string) {
		parseStat(s)
		parseSyscall(s)
		parseSchedstat(s)
	})
}
