package emulator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"mote/emulator/plugin"
)

// Counts are exact numbers of executed instructions; they repeat from run to run.
type Counts struct {
	Instructions uint64 // from reset to exit
	Region       Region // between marker stores
}

// Region sums up the passes through a region: the instructions after a store to Target.Markers up to and with the next store to
// Target.Markers+4.
type Region struct {
	Passes, Min, Max, Total uint64
	Median                  uint64 // of the first 65536 passes; of an even number the lower one of the two in the middle
}

// Count runs the image as Run does, with virtual time that follows the instruction count, and counts. The plugin is built in
// cacheDir when it is not there.
func Count(ctx context.Context, cfg Config, cacheDir string) (Counts, Result, error) {
	so, err := plugin.Count(cacheDir)
	if err != nil {
		return Counts{}, Result{}, err
	}
	args := ""
	if cfg.Target.Markers != 0 {
		args = fmt.Sprintf(",marker=%#x", cfg.Target.Markers)
	}
	text, res, err := observe(ctx, cfg, so, args)
	if err != nil {
		return Counts{}, res, err
	}
	counts, err := parseCounts(text)
	return counts, res, err
}

// observe runs the image with a plugin and returns what that has written. args begin with a comma each.
func observe(ctx context.Context, cfg Config, so, args string) (string, Result, error) {
	dir, err := os.MkdirTemp("", "mote-count-*")
	if err != nil {
		return "", Result{}, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "counts")
	cfg.ICount = true
	cfg.Extra = append(append([]string{}, cfg.Extra...), "-plugin", quote(so)+",out="+quote(out)+args)
	res, err := Run(ctx, cfg)
	if err != nil {
		return "", res, err
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return "", res, fmt.Errorf("emulator: the plugin wrote no counts: %w", err)
	}
	return string(text), res, nil
}

func parseCounts(text string) (Counts, error) {
	var c Counts
	r := &c.Region
	if _, err := fmt.Sscanf(text, "instructions %d\nregion %d %d %d %d %d\n", &c.Instructions, &r.Passes, &r.Min, &r.Max, &r.Total, &r.Median); err != nil {
		return Counts{}, fmt.Errorf("emulator: counts %q: %w", strings.TrimSpace(text), err)
	}
	return c, nil
}
