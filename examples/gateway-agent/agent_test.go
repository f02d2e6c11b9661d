package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mote/deliver/selfcheck"
)

func newTestServer(t *testing.T) (*httptest.Server, *store) {
	t.Helper()
	s, err := openStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newServer(s, &selfcheck.Report{}, false))
	t.Cleanup(server.Close)
	return server, s
}

// send makes a request and returns status and body.
func send(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func TestAPI(t *testing.T) {
	server, _ := newTestServer(t)
	for _, tt := range []struct {
		method, path, body string
		status             int
		answer             string // part of it
	}{
		{"GET", "/v1/values", "", 200, "[]"},
		{"PUT", "/v1/values/boiler.temperature", "71.5", 204, ""},
		{"PUT", "/v1/values/boiler.temperature", "72", 204, ""},
		{"GET", "/v1/values/boiler.temperature", "", 200, "72"},
		{"GET", "/v1/values", "", 200, `["boiler.temperature"]`},
		{"GET", "/v1/values/pump", "", 404, "no value"},
		{"PUT", "/v1/values/.new", "x", 400, "begins with a letter"},
		{"PUT", "/v1/values/a%2Fb", "x", 400, "a key has"},
		{"PUT", "/v1/values/" + strings.Repeat("k", 65), "x", 400, "a key has"},
		{"PUT", "/v1/values/large", strings.Repeat("x", maxValue+1), 413, "too large"},
		{"DELETE", "/v1/values/boiler.temperature", "", 204, ""},
		{"DELETE", "/v1/values/boiler.temperature", "", 404, "no value"},
		{"POST", "/v1/values", "", 405, ""},
		{"GET", "/v1/resolve/localhost", "", 200, "127.0.0.1"},
		{"GET", "/debug/forbidden", "", 404, ""},
		{"GET", "/health", "", 200, `"status":"ok"`},
		{"GET", "/metrics", "", 200, `agent_requests_total{status="204"} 3`},
	} {
		status, answer := send(t, tt.method, server.URL+tt.path, tt.body)
		if status != tt.status || !strings.Contains(answer, tt.answer) {
			t.Errorf("%s %.60s: %d %q, want %d with %q", tt.method, tt.path, status, answer, tt.status, tt.answer)
		}
	}
}

func TestStoreIsBounded(t *testing.T) {
	_, s := newTestServer(t)
	for i := range maxKeys {
		if err := os.WriteFile(filepath.Join(s.dir, "k"+strings.Repeat("x", i%50)+string(rune('a'+i/50))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.put("more", nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// TestDNS: names are looked up at a name server, by Go's own resolver.
func TestDNS(t *testing.T) {
	server := &server{names: &net.Resolver{PreferGo: true, Dial: nameServer(t)}}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/v1/resolve/cloud.test", nil)
	r.SetPathValue("name", "cloud.test")
	server.resolve(w, r)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "192.0.2.7") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestSize: self-check and sandbox make the program at most a tenth larger. The plain one is the same with stand-ins for both packages.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	size := func(args ...string) int64 {
		out := filepath.Join(t.TempDir(), "agent")
		cmd := exec.Command("go", append(append([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", out}, args...), ".")...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm64")
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		info, err := os.Stat(out)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	full, plain := size(), size("-overlay", plainOverlay(t))
	t.Logf("%d bytes, %d without self-check and sandbox: %.3f times", full, plain, float64(full)/float64(plain))
	if full*10 > plain*11 {
		t.Errorf("%d bytes are more than 1.1 times %d", full, plain)
	}
}

// plainOverlay replaces the two packages by ones that do nothing.
func plainOverlay(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	stand := map[string]string{
		"sandbox": "package sandbox\n\nimport \"mote/deliver/policy\"\n\ntype Status struct{}\n\nfunc Install(*policy.Policy) error { return nil }\n\nfunc Current() (s Status, err error) { return }\n",
		"selfcheck": "package selfcheck\n\ntype Options struct{ ReadOnly []string }\n\ntype Level string\n\nconst Failure Level = \"\"\n\ntype Report struct{ Findings []string }\n\n" +
			"func (*Report) Worst(string) Level { return \"x\" }\n\nfunc (*Report) Err() error { return nil }\n\nfunc Run(Options) *Report { return &Report{} }\n\nfunc Limits() []string { return nil }\n",
	}
	var entries []string
	for name, text := range stand {
		file := filepath.Join(dir, name+".go")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(root, "deliver", name, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			with := ""
			if filepath.Base(f) == name+".go" {
				with = file
			}
			entries = append(entries, `"`+f+`": "`+with+`"`)
		}
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, []byte(`{"Replace": {`+strings.Join(entries, ", ")+`}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	return overlay
}
