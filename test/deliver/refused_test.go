package deliver

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mote/deliver/boot"
	"mote/deliver/boot/console"
	"mote/deliver/device"
	"mote/internal/cache"
)

// checkRefused boots the bundle with a byte of its program changed, past the check on the host: mote-run in the guest refuses it, and nothing runs.
func (c *chain) checkRefused() {
	c.t.Helper()
	ctx, dir := context.Background(), filepath.Join(c.dir, "bundle")
	cacheDir, err := cache.Dir()
	if err != nil {
		c.t.Fatal(err)
	}
	store, err := cache.Open(cacheDir)
	if err != nil {
		c.t.Fatal(err)
	}
	cfg := boot.Config{Mode: console.ModeSandbox, Program: filepath.Join(dir, "agent")}
	must := func(err error) {
		if err != nil {
			c.t.Fatal(err)
		}
	}
	cfg.Kernel, err = boot.FetchKernel(ctx, boot.KernelDir(store.Dir()))
	must(err)
	cfg.Guest, err = boot.BuildGuest(ctx, store)
	must(err)
	launcher, err := boot.BuildLauncher(ctx, store)
	must(err)
	cfg.Profile, err = device.Load(filepath.Join(dir, "device.toml"))
	must(err)
	cfg.Command = []string{"/sbin/mote-run", "-trust", "/etc/trust.toml", "/app"}
	cfg.Files = []boot.File{{Path: "/sbin/mote-run", Source: launcher, Mode: 0o755}, {Path: "/etc/trust.toml", Source: filepath.Join(c.dir, "trust.toml"), Mode: 0o644}}
	names, err := os.ReadDir(dir)
	must(err)
	for _, n := range names {
		if n.Name() != "agent" {
			cfg.Files = append(cfg.Files, boot.File{Path: "/app/" + n.Name(), Source: filepath.Join(dir, n.Name()), Mode: 0o644})
		}
	}
	r, err := boot.Run(ctx, cfg)
	must(err)
	said := func(text string) bool {
		return slices.ContainsFunc(r.Output, func(line string) bool { return strings.Contains(line, text) })
	}
	if r.OK || !said("mote-run: refused: agent: SHA-256 is") || said("listening") {
		c.t.Errorf("mote-run in the guest, with a changed program: OK %v, it said %q", r.OK, r.Output)
	}
}
