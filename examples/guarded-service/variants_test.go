package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// build builds a variant and returns its path.
func build(t *testing.T, tags string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "service")
	if text, err := exec.Command("go", "build", "-tags", tags, "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build -tags %q: %v\n%s", tags, err, text)
	}
	return binary
}

// start runs a variant until the test ends, and returns its URL.
func start(t *testing.T, binary string, arguments ...string) (url string, stop func()) {
	t.Helper()
	service := exec.Command(binary, append([]string{"-listen", "127.0.0.1:0", "-cost", "100"}, arguments...)...)
	var log bytes.Buffer
	service.Stderr = &log
	pipe, err := service.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { service.Process.Kill() })
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatalf("the service said nothing: %v\n%s", err, &log)
	}
	return "http://" + strings.TrimSpace(line[strings.LastIndex(line, " ")+1:]), func() {
		service.Process.Signal(syscall.SIGTERM)
		if err := service.Wait(); err != nil {
			t.Errorf("the service ended with %v\n%s", err, &log)
		}
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// Both entry points are the same service for whoever asks.
func TestBothVariantsServe(t *testing.T) {
	answers := map[string][]string{}
	for _, tags := range []string{"", "canary"} {
		url, stop := start(t, build(t, tags))
		for i := range 50 {
			status, body := get(t, fmt.Sprintf("%s/quote?customer=%d", url, i))
			answers[tags] = append(answers[tags], fmt.Sprint(status, " ", body))
		}
		for path, want := range map[string]int{"/healthz": 200, "/quote": 400, "/nothing": 404, "/batch": 405} {
			if status, body := get(t, url+path); status != want {
				t.Errorf("tags %q: %s is answered by %d, %q", tags, path, status, body)
			}
		}
		response, err := http.Post(url+"/batch?count=2&seconds=60", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusAccepted {
			t.Errorf("tags %q: a batch is answered by %s", tags, response.Status)
		}
		stop() // and with it the batches
	}
	for i, want := range answers[""] {
		if got := answers["canary"][i]; got != want || !strings.HasPrefix(want, "200 ") {
			t.Errorf("request %d is answered by %q, and by the canary by %q", i, want, got)
		}
	}
}

// The stable entry point has nothing of guard in it: what is not built cannot fail.
func TestTheStableVariantIsWithoutGuard(t *testing.T) {
	for tags, want := range map[string]bool{"": false, "canary": true} {
		out, err := exec.Command("go", "list", "-tags", tags, "-deps", ".").Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		if got := strings.Contains(string(out), "mote/guard"); got != want {
			t.Errorf("with tags %q the program imports guard: %v, want %v", tags, got, want)
		}
	}
}

func TestTheCanaryRefusesAWrongStageFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stages.toml")
	if err := os.WriteFile(path, []byte("[[stage]]\nname = \"all\"\nshare = 2\nrequests = 1\nerrors = 0\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(build(t, "canary"), "-stages", path).CombinedOutput()
	if want := path + ":3:9: share is 2, and must be more than 0 and at most 1"; err == nil || !strings.Contains(string(text), want) {
		t.Errorf("it ended with %v and said %q, want %q", err, text, want)
	}
}

// The rates' breaker opens, and quotes go on with the last rate.
func TestQuotesGoOnWithoutRates(t *testing.T) {
	for _, tags := range []string{"", "canary"} {
		var down atomic.Bool
		var asked atomic.Int32
		exchange := newExchange(t, func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			if down.Load() {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			fmt.Fprintln(w, 1.5)
		})
		url, stop := start(t, build(t, tags), "-rates", exchange)
		_, want := get(t, url+"/quote?customer=7")
		down.Store(true)
		asked.Store(0)
		for range 20 {
			if status, got := get(t, url+"/quote?customer=7"); status != 200 || got != want {
				t.Errorf("tags %q: without rates the quote is %d %q, and was %q", tags, status, got, want)
			}
		}
		if limit := map[string]int32{"": 20, "canary": 5}[tags]; asked.Load() != limit {
			t.Errorf("tags %q: the service for rates was asked %d times while it failed, want %d", tags, asked.Load(), limit)
		}
		stop()
	}
}

// The demonstration runs; what it prints depends on the machine.
func TestTheDemonstration(t *testing.T) {
	var out bytes.Buffer
	if err := demonstrate(context.Background(), &out, 0.3); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"without guard", "with guard"} {
		if !strings.Contains(out.String(), row) {
			t.Errorf("there is no row %q in\n%s", row, &out)
		}
	}
}
