//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"mote/deliver/boot/console"
)

// inspect looks at the running process through /proc.
func (g *guest) inspect(pid int) {
	dir := fmt.Sprintf("/proc/%d", pid)
	exe, err := os.Readlink(dir + "/exe")
	want := g.orders.Profile.Service.Path
	// In another mount namespace the link would be relative to its root; ours sees the whole path.
	g.check("program", err == nil && strings.TrimPrefix(exe, console.DeviceRoot) == want, "%s, want %s", exe, want)
	g.inspectMaps(dir, exe)
	g.inspectIdentity(dir)
	if g.orders.Mode == console.ModeSandbox {
		g.inspectSandbox(dir)
	}
}

// inspectMaps looks for memory that is writable and executable, and for code from other files.
func (g *guest) inspectMaps(dir, exe string) {
	text, err := os.ReadFile(dir + "/maps")
	if err != nil {
		g.check("memory map", false, "%v", err)
		return
	}
	var foreign, both []string
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 5 || !strings.Contains(f[1], "x") {
			continue
		}
		if strings.Contains(f[1], "w") {
			both = append(both, f[0])
		}
		if len(f) < 6 || f[5] != exe && f[5] != "[vdso]" {
			foreign = append(foreign, strings.Join(f[5:], " "))
		}
	}
	g.check("code only from the program", len(foreign) == 0, "foreign executable mappings: %q", foreign)
	g.check("no memory writable and executable", len(both) == 0, "such mappings: %q", both)
}

func (g *guest) inspectIdentity(dir string) {
	p := g.orders.Profile.Service
	status := statusFields(dir + "/status")
	uid, gid := fmt.Sprint(p.UID), fmt.Sprint(p.GID)
	uids, gids := strings.Fields(status["Uid"]), strings.Fields(status["Gid"])
	ok := len(uids) == 4 && len(gids) == 4
	for i := range 4 {
		ok = ok && uids[i] == uid && gids[i] == gid
	}
	g.check("identity", ok, "uid %v, gid %v; want %s and %s", uids, gids, uid, gid)
}

// inspectSandbox wants filter and NO_NEW_PRIVS on every thread.
func (g *guest) inspectSandbox(dir string) {
	threads, err := filepath.Glob(dir + "/task/*/status")
	bare := []string{}
	for _, name := range threads {
		s := statusFields(name)
		if s["Seccomp"] != "2" || s["NoNewPrivs"] != "1" {
			bare = append(bare, filepath.Base(filepath.Dir(name)))
		}
	}
	g.check("filter on all threads", err == nil && len(threads) > 0 && len(bare) == 0, "%d threads, without filter or NO_NEW_PRIVS: %v", len(threads), bare)
}

// statusFields reads a status file of /proc; a missing one gives no fields, so that no check on it passes.
func statusFields(name string) map[string]string {
	fields := map[string]string{}
	text, err := os.ReadFile(name)
	if err != nil {
		return fields
	}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(line, ":")
		fields[key] = strings.TrimSpace(value)
	}
	return fields
}
