package harness

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/mote-go/mote/guard/cgroup"
)

// Group is a control group made for one mode program. The zero Group is none.
type Group struct{ dir string }

const periodMicroseconds = 100_000

// Limit puts the process into a new group that may use so many CPUs. The error is ErrUnavailable without the right to do so.
func (g *Group) Limit(cpus float64) error {
	parent, version, err := parentGroup()
	if err != nil {
		return unavailable(err)
	}
	g.dir = filepath.Join(parent, fmt.Sprintf("guard-mode-%d", os.Getpid()))
	if err := os.Mkdir(g.dir, 0o755); err != nil {
		return unavailable(err)
	}
	if err := g.enter(version, int(cpus*periodMicroseconds)); err != nil {
		return unavailable(errors.Join(err, os.Remove(g.dir)))
	}
	return nil
}

func unavailable(err error) error { return fmt.Errorf("%w: %w", ErrUnavailable, err) }

func (g *Group) enter(version cgroup.Version, quota int) error {
	// The greatest weight there is, so that others on this machine don't keep the group from its quota.
	files := [][2]string{{"cpu.weight", "10000"}, {"cpu.max", fmt.Sprintf("%d %d", quota, periodMicroseconds)}}
	if version == cgroup.V1 {
		files = [][2]string{{"cpu.shares", "262144"}, {"cpu.cfs_period_us", strconv.Itoa(periodMicroseconds)}, {"cpu.cfs_quota_us", strconv.Itoa(quota)}}
	}
	files = append(files, [2]string{"cgroup.procs", strconv.Itoa(os.Getpid())})
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(g.dir, f[0]), []byte(f[1]), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Leave moves the process back to the parent and removes the group.
func (g *Group) Leave() error {
	if g.dir == "" {
		return nil
	}
	pid := []byte(strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(filepath.Join(filepath.Dir(g.dir), "cgroup.procs"), pid, 0o644); err != nil {
		return err
	}
	return os.Remove(g.dir)
}

// parentGroup is the directory in which a group may be made: where the CPU controller is mounted.
func parentGroup() (string, cgroup.Version, error) {
	b, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return "", 0, err
	}
	mounts, err := cgroup.ParseMounts(b)
	if err != nil {
		return "", 0, err
	}
	for _, m := range mounts {
		if _, err := os.Stat(filepath.Join(m.Point, "cpu.shares")); m.Type == "cgroup" && err == nil {
			return m.Point, cgroup.V1, nil
		}
	}
	for _, m := range mounts {
		if m.Type == "cgroup2" {
			// Not where it is there already, or where the parent may not hand it on; making the group fails then.
			_ = os.WriteFile(filepath.Join(m.Point, "cgroup.subtree_control"), []byte("+cpu"), 0o644)
			return m.Point, cgroup.V2, nil
		}
	}
	return "", 0, cgroup.ErrNoController
}
