package cgroup_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
)

// tree writes files, named as in /, below a directory for the test.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		write(t, filepath.Join(root, name), content)
	}
	return root
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

const (
	v1Mount     = "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
	v2Mount     = "29 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
	hybridMount = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n"
	otherMount  = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
)

func TestFind(t *testing.T) {
	tests := []struct {
		name    string
		files   map[string]string
		version cgroup.Version
		levels  []string
	}{
		{"v2, nested", map[string]string{
			"proc/self/cgroup":                               "0::/system.slice/api.service\n",
			"proc/self/mountinfo":                            otherMount + v2Mount,
			"sys/fs/cgroup/system.slice/cpu.max":             "200000 100000\n",
			"sys/fs/cgroup/system.slice/api.service/cpu.max": "max 100000\n",
		}, cgroup.V2, []string{"system.slice/api.service", "system.slice"}},
		{"v2, namespace shows the group as the root", map[string]string{
			"proc/self/cgroup":      "0::/\n",
			"proc/self/mountinfo":   v2Mount,
			"sys/fs/cgroup/cpu.max": "50000 100000\n",
		}, cgroup.V2, []string{""}},
		{"v2, controller only handed on to the parent", map[string]string{
			"proc/self/cgroup":                     "0::/pod/app\n",
			"proc/self/mountinfo":                  v2Mount,
			"sys/fs/cgroup/pod/cpu.max":            "50000 100000\n",
			"sys/fs/cgroup/pod/app/memory.current": "1\n",
		}, cgroup.V2, []string{"pod"}},
		{"v2, moved out of its namespace", map[string]string{
			"proc/self/cgroup":      "0::/../other\n",
			"proc/self/mountinfo":   v2Mount,
			"sys/fs/cgroup/cpu.max": "max 100000\n",
		}, cgroup.V2, []string{""}},
		{"v1, container without a namespace mounts its own group", map[string]string{
			"proc/self/cgroup":                               "4:memory:/docker/c0ffee\n3:cpu,cpuacct:/docker/c0ffee\n0::/\n",
			"proc/self/mountinfo":                            strings.Replace(v1Mount, " / /sys", " /docker/c0ffee /sys", 1),
			"sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us":     "50000\n",
			"sys/fs/cgroup/cpu,cpuacct/sub/cpu.cfs_quota_us": "-1\n",
		}, cgroup.V1, []string{"cpu,cpuacct"}},
		{"v1, group not below what is mounted", map[string]string{
			"proc/self/cgroup":                           "3:cpu,cpuacct:/kubepods/pod1/app\n",
			"proc/self/mountinfo":                        strings.Replace(v1Mount, " / /sys", " /docker/c0ffee /sys", 1),
			"sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "50000\n",
		}, cgroup.V1, []string{"cpu,cpuacct"}},
		{"hybrid: the controller is of version 1", map[string]string{
			"proc/self/cgroup":                               "3:cpu,cpuacct:/app\n0::/app\n",
			"proc/self/mountinfo":                            v1Mount + hybridMount,
			"sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us": "-1\n",
			"sys/fs/cgroup/unified/app/cgroup.procs":         "1\n",
		}, cgroup.V1, []string{"cpu,cpuacct/app"}},
		{"a space and a colon in the path", map[string]string{
			"proc/self/cgroup":                    "0::/a b:c\n",
			"proc/self/mountinfo":                 strings.Replace(v2Mount, "/sys/fs/cgroup", `/sys/fs/c\040group`, 1),
			"sys/fs/c group/a b:c/cpu.max":        "max 100000\n",
			"sys/fs/c group/a b:c/cgroup.threads": "",
		}, cgroup.V2, []string{"a b:c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, test.files)
			g, err := cgroup.Find(root)
			if err != nil {
				t.Fatal(err)
			}
			var levels []string
			for _, dir := range g.Levels {
				for _, top := range []string{"sys/fs/cgroup", "sys/fs/c group"} {
					if below, ok := strings.CutPrefix(dir, filepath.Join(root, top)); ok {
						levels = append(levels, strings.TrimPrefix(below, "/"))
					}
				}
			}
			if g.Version != test.version || fmt.Sprint(levels) != fmt.Sprint(test.levels) || len(levels) != len(g.Levels) {
				t.Errorf("found version %d, levels %q, want version %d, %q", g.Version, g.Levels, test.version, test.levels)
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	tests := map[string]map[string]string{
		"no /proc": {},
		"no controller anywhere": {
			"proc/self/cgroup":    "4:memory:/\n0::/\n",
			"proc/self/mountinfo": hybridMount,
		},
		"not mounted": {
			"proc/self/cgroup":    "3:cpu:/\n",
			"proc/self/mountinfo": otherMount,
		},
	}
	for name, files := range tests {
		if _, err := cgroup.Find(tree(t, files)); !errors.Is(err, cgroup.ErrNoController) {
			t.Errorf("%s: error is %v, want ErrNoController", name, err)
		}
	}
}

// What can't be parsed names the file.
func TestFindBroken(t *testing.T) {
	root := tree(t, map[string]string{"proc/self/cgroup": "0:\n", "proc/self/mountinfo": v2Mount})
	_, err := cgroup.Find(root)
	if err == nil || !strings.Contains(err.Error(), "proc/self/cgroup: line 1:") {
		t.Errorf("error is %v, want it to name file and line", err)
	}
}

func openTree(t *testing.T, files map[string]string) (root string, r *cgroup.Reader) {
	t.Helper()
	root = tree(t, files)
	g, err := cgroup.Find(root)
	if err != nil {
		t.Fatal(err)
	}
	r, err = g.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return root, r
}

// The tightest limit along the path counts, and only levels with a limit throttle.
func TestReaderNested(t *testing.T) {
	_, r := openTree(t, map[string]string{
		"proc/self/cgroup":                 "0::/pod/app\n",
		"proc/self/mountinfo":              v2Mount,
		"sys/fs/cgroup/pod/cpu.max":        "150000 100000\n",
		"sys/fs/cgroup/pod/cpu.stat":       "usage_usec 5\nnr_periods 40\nnr_throttled 7\nthrottled_usec 3000\n",
		"sys/fs/cgroup/pod/app/cpu.max":    "400000 200000\n",
		"sys/fs/cgroup/pod/app/cpu.stat":   "nr_periods 20\nnr_throttled 1\nthrottled_usec 500\n",
		"sys/fs/cgroup/pod/app/cpu.weight": "50\n",
		"proc/pressure/cpu":                "some avg10=0.00 avg60=0.00 avg300=0.00 total=1234\n",
	})
	q, err := r.Quota()
	if err != nil || q.CPUs() != 1.5 {
		t.Errorf("quota is %v CPUs, %v, want 1.5", q.CPUs(), err)
	}
	s, err := r.Stat()
	want := cgroup.Stat{Periods: 40, Throttled: 8, Time: 3500 * time.Microsecond, Bandwidth: true}
	if err != nil || s != want {
		t.Errorf("stat is %+v, %v, want %+v", s, err, want)
	}
	p, err := r.Pressure()
	if err != nil || p.Some != 1234*time.Microsecond {
		t.Errorf("pressure is %+v, %v, want the system's 1.234ms", p, err)
	}
	if w, err := r.Weight(); err != nil || w != 0.5 {
		t.Errorf("weight is %v, %v, want 0.5", w, err)
	}
}

// Files are read anew each time: limits change under a running process.
func TestReaderSeesChanges(t *testing.T) {
	root, r := openTree(t, map[string]string{
		"proc/self/cgroup":                                "3:cpu,cpuacct:/app\n",
		"proc/self/mountinfo":                             v1Mount,
		"sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us":  "-1\n",
		"sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_period_us": "100000\n",
		"sys/fs/cgroup/cpu,cpuacct/app/cpu.stat":          "nr_periods 3\nnr_throttled 2\nthrottled_time 77\n",
	})
	if q, err := r.Quota(); err != nil || q.Limited() {
		t.Fatalf("quota is %+v, %v, want none", q, err)
	}
	if s, err := r.Stat(); err != nil || s != (cgroup.Stat{}) {
		t.Errorf("stat without a limit is %+v, %v, want nothing", s, err)
	}
	write(t, filepath.Join(root, "sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us"), "50000\n")
	if q, err := r.Quota(); err != nil || q.CPUs() != 0.5 {
		t.Errorf("quota is %v CPUs, %v, want 0.5", q.CPUs(), err)
	}
	if s, err := r.Stat(); err != nil || s.Time != 77 || s.Throttled != 2 {
		t.Errorf("stat is %+v, %v, want 2 throttled for 77ns", s, err)
	}
	if _, err := r.Pressure(); !errors.Is(err, cgroup.ErrNoPressure) {
		t.Errorf("pressure: error is %v, want ErrNoPressure", err)
	}
}

func TestReaderDoesNotAllocate(t *testing.T) {
	_, r := openTree(t, map[string]string{
		"proc/self/cgroup":       "0::/\n",
		"proc/self/mountinfo":    v2Mount,
		"sys/fs/cgroup/cpu.max":  "50000 100000\n",
		"sys/fs/cgroup/cpu.stat": "nr_periods 40\nnr_throttled 7\nthrottled_usec 3000\n",
		"proc/pressure/cpu":      "some avg10=0.00 avg60=0.00 avg300=0.00 total=1234\n",
	})
	n := testing.AllocsPerRun(100, func() {
		r.Quota()
		r.Stat()
		r.Pressure()
	})
	if n != 0 {
		t.Errorf("%v allocations for a round of reads, want none", n)
	}
}

// What this machine has must at least be readable.
func TestThisMachine(t *testing.T) {
	g, err := cgroup.Find("/")
	if err != nil && !errors.Is(err, cgroup.ErrNoController) {
		t.Fatal(err)
	}
	r, err := g.Open("/")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Quota(); err != nil {
		t.Error(err)
	}
	if _, err := r.Stat(); err != nil {
		t.Error(err)
	}
	if _, err := r.Pressure(); err != nil && !errors.Is(err, cgroup.ErrNoPressure) {
		t.Error(err)
	}
}
