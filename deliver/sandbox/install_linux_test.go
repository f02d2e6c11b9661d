package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"mote/deliver/device"
	"mote/deliver/policy"
)

// childVar makes this test program the service of TestServiceUnderPolicy, or what else it names.
const childVar = "MOTE_SANDBOX_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childVar) {
	case "":
		os.Exit(runTests(m))
	case "serve":
		exit(serve())
	case "getpid":
		exit(timeGetpid())
	case "kill":
		exit(forbidKilled())
	}
}

// scratch is a folder for what tests build once.
var scratch string

func runTests(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "sandbox"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(scratch)
	return m.Run()
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// hostPolicy is the generic profile's for this machine, without a minimum for Landlock: CI's kernel may have none.
func hostPolicy(t *testing.T) *policy.Policy {
	t.Helper()
	d, err := device.Load("generic-" + runtime.GOARCH)
	if err != nil {
		t.Skip(err)
	}
	p := &policy.Policy{Seccomp: d.Seccomp, Landlock: d.Landlock}
	p.Landlock.MinABI = 0
	return p
}

// static builds this test program as programs for devices are, without cgo: glibc takes EPERM from clone3 for the end.
var static = sync.OnceValues(func() (string, error) {
	name := filepath.Join(scratch, "child")
	cmd := exec.Command("go", "test", "-c", "-o", name, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

// child starts this program as something else, with a policy.
func child(t *testing.T, role string, p *policy.Policy, args ...string) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "policy.json")
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	exe, err := static()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{name}, args...)...)
	cmd.Env = append(os.Environ(), childVar+"="+role)
	return cmd
}

// childPolicy reads the policy in the child.
func childPolicy() (*policy.Policy, error) { return policy.Read(os.Args[1]) }

// attempt is the outcome of a call that the policy forbids.
type attempt struct {
	What  string `json:"what"`
	Errno int    `json:"errno"` // 0: it worked
}

// attempts makes calls that nobody should be able to make.
func attempts(outside string, landlock bool) []attempt {
	var list []attempt
	try := func(what string, err error) {
		errno := syscall.Errno(0)
		if err != nil && !errors.As(err, &errno) {
			errno = syscall.Errno(0xfff)
		}
		list = append(list, attempt{what, int(errno)})
	}
	_, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW, 0)
	try("netlink socket", err)
	_, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW, 0)
	try("packet socket", err)
	_, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM, unix.IPPROTO_MPTCP)
	try("multipath TCP", err)
	try("unshare", unix.Unshare(unix.CLONE_NEWUSER))
	try("mount", unix.Mount("none", "/tmp", "tmpfs", 0, ""))
	try("ptrace", unix.PtraceAttach(1))
	try("exec", unix.Exec("/bin/true", []string{"true"}, nil))
	_, _, errno := unix.RawSyscall(unix.SYS_BPF, 0, 0, 0)
	try("bpf", errnoError(errno))
	_, _, errno = unix.RawSyscall(unix.SYS_IO_URING_SETUP, 1, 0, 0)
	try("io_uring", errnoError(errno))
	_, _, errno = unix.RawSyscall6(unix.SYS_CLONE, unix.CLONE_NEWNET, 0, 0, 0, 0, 0)
	try("clone with a new namespace", errnoError(errno))
	if landlock {
		_, err = os.ReadFile(outside)
		try("read outside", err)
		try("write outside", os.WriteFile(outside, nil, 0o600))
	}
	return list
}

func errnoError(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

// serve is a small HTTP service: it listens, installs its policy, and answers.
func serve() error {
	p, err := childPolicy()
	if err != nil {
		return err
	}
	outside, landlock := os.Args[2], LandlockABI() > 0
	before := parkThread() // a thread from before Install
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := Install(p); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/attempts", func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(append(attempts(outside, landlock), before(func() []attempt { return attempts(outside, landlock) })...))
	})
	mux.HandleFunc("/status", func(w http.ResponseWriter, _ *http.Request) {
		s, err := Current()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(s)
	})
	fmt.Println(listener.Addr())
	return http.Serve(listener, mux)
}

// parkThread starts an operating system thread and returns a way to run something on it.
func parkThread() func(func() []attempt) []attempt {
	work, result := make(chan func() []attempt), make(chan []attempt)
	started := make(chan bool)
	go func() {
		runtime.LockOSThread()
		started <- true
		for f := range work {
			result <- f()
		}
	}()
	<-started
	return func(f func() []attempt) []attempt { work <- f; return <-result }
}

// TestServiceUnderPolicy runs an HTTP service in its sandbox: what is forbidden fails with EPERM (files: EACCES), on threads from before as
// well, and 200 of 200 requests are answered.
func TestServiceUnderPolicy(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := hostPolicy(t)
	p.Landlock.Write = []string{"/dev/null"} // the generic one has /tmp, where outside is
	cmd := child(t, "serve", p, outside)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	line := make([]byte, 64)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal("the service did not start: ", err)
	}
	url := "http://" + strings.TrimSpace(string(line[:n]))

	var tried []attempt
	get(t, url+"/attempts", &tried)
	if want := 20; len(tried) < want {
		t.Errorf("%d attempts, want at least %d", len(tried), want)
	}
	for _, a := range tried {
		want := int(unix.EPERM)
		if strings.HasSuffix(a.What, "outside") {
			want = int(unix.EACCES)
		}
		if a.Errno != want {
			t.Errorf("%s: %v, want %v", a.What, syscall.Errno(a.Errno), syscall.Errno(want))
		}
	}
	var s Status
	get(t, url+"/status", &s)
	outer, err := Current() // a container has a filter of its own
	if err != nil || !s.NoNewPrivs || s.Filters != outer.Filters+1 {
		t.Errorf("status %+v, outside %+v, %v", s, outer, err)
	}
	answered := requests(t, url+"/health", 200)
	t.Logf("Landlock ABI %d; %d calls refused; %d of 200 requests answered", LandlockABI(), len(tried), answered)
	if answered != 200 {
		t.Errorf("%d of 200 requests were answered", answered)
	}
}

func get(t *testing.T, url string, v any) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	if err != nil {
		t.Fatalf("%s: %v: %s", url, err, text)
	}
}

// requests sends n requests, some at the same time, each over a connection of its own.
func requests(t *testing.T, url string, n int) (answered int) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range n / 4 {
				resp, err := client.Get(url)
				if err != nil {
					t.Error(err)
					continue
				}
				resp.Body.Close()
				mu.Lock()
				answered++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return answered
}

// forbidKilled makes a forbidden call under a policy that kills.
func forbidKilled() error {
	p, err := childPolicy()
	if err != nil {
		return err
	}
	if err := Install(p); err != nil {
		return err
	}
	_, err = unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW, 0)
	return fmt.Errorf("still alive: %w", err)
}

func TestKill(t *testing.T) {
	p := hostPolicy(t)
	p.Seccomp.Default = policy.ActionKillProcess
	err := child(t, "kill", p).Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGSYS {
		t.Errorf("got %v, want SIGSYS", err)
	}
}

// TestMinABI: a kernel that cannot do what the policy asks for is refused before anything else.
func TestMinABI(t *testing.T) {
	p := hostPolicy(t)
	p.Landlock.MinABI = 32
	out, err := child(t, "kill", p).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "asks for 32") {
		t.Errorf("%v: %s", err, out)
	}
}

// timeGetpid prints how many nanoseconds getpid takes, the least of many rounds; with a policy that has calls it is installed before.
func timeGetpid() error {
	p, err := childPolicy()
	if err != nil {
		return err
	}
	if len(p.Seccomp.Allow) > 0 {
		if err := Install(p); err != nil {
			return err
		}
	}
	const calls = 20000
	var rounds []float64
	for range 60 {
		start := time.Now()
		for range calls {
			unix.RawSyscall(unix.SYS_GETPID, 0, 0, 0)
		}
		rounds = append(rounds, float64(time.Since(start).Nanoseconds())/calls)
	}
	return json.NewEncoder(os.Stdout).Encode(slices.Min(rounds))
}

// TestOverhead measures getpid without and with the filter, in turns. The kernel decides getpid by its bitmap, but any filter at all takes system
// calls off the fastest way into the kernel; what is left is the same for a filter of two instructions.
func TestOverhead(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	full := hostPolicy(t)
	tiny := &policy.Policy{Seccomp: policy.Seccomp{Default: policy.ActionLog, Allow: []string{"getpid"}}}
	none := &policy.Policy{}
	var times [3][]float64
	for range 5 {
		for i, p := range []*policy.Policy{none, tiny, full} {
			out, err := child(t, "getpid", p).Output()
			var ns float64
			if err == nil {
				err = json.Unmarshal(out, &ns)
			}
			if err != nil {
				t.Fatal(err)
			}
			times[i] = append(times[i], ns)
		}
	}
	least := func(i int) float64 { return slices.Min(times[i]) }
	t.Logf("getpid: %.1f ns without a filter (rounds %.1f), %.1f ns with the smallest (%.1f), %.1f ns with the profile's (%.1f)",
		least(0), times[0], least(1), times[1], least(2), times[2])
	if least(2) > 1.5*least(1) {
		t.Errorf("the profile's filter makes getpid %.2f times as slow as the smallest filter: does the kernel not remember its decision?", least(2)/least(1))
	}
}
