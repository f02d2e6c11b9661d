package cgroup

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Group is where the CPU controller's files of a process are.
type Group struct {
	Version Version
	Levels  []string // directories from the process's own group up to the topmost that can be seen; limits of all of them apply
}

// Find locates the group of this process below root, which is "/" outside of tests. The error is ErrNoController when there
// is none, as outside Linux.
func Find(root string) (Group, error) {
	memberships, err := readParsed(filepath.Join(root, "proc/self/cgroup"), ParseMembership)
	if err != nil {
		return Group{}, err
	}
	mounts, err := readParsed(filepath.Join(root, "proc/self/mountinfo"), ParseMounts)
	if err != nil {
		return Group{}, err
	}
	for _, m := range memberships {
		if slices.Contains(m.Controllers, "cpu") {
			return locate(root, V1, m.Path, mounts)
		}
	}
	for _, m := range memberships {
		if m.Hierarchy == 0 && len(m.Controllers) == 0 {
			return locate(root, V2, m.Path, mounts)
		}
	}
	return Group{}, ErrNoController
}

func readParsed[T any](name string, parse func([]byte) (T, error)) (T, error) {
	var none T
	b, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return none, ErrNoController
	}
	if err != nil {
		return none, err
	}
	parsed, err := parse(b)
	if err != nil {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return parsed, nil
}

// locate lists the levels of a group, of which at least one must have a file of the controller.
func locate(root string, v Version, group string, mounts []Mount) (Group, error) {
	for _, m := range mounts {
		if !m.has(v) {
			continue
		}
		g := Group{Version: v}
		for _, dir := range levels(m, group) {
			if dir = filepath.Join(root, dir); controls(dir, v) {
				g.Levels = append(g.Levels, dir)
			}
		}
		if len(g.Levels) > 0 {
			return g, nil
		}
	}
	return Group{}, ErrNoController
}

// has tells whether the CPU controller of version v may be found at m.
func (m Mount) has(v Version) bool {
	if v == V2 {
		return m.Type == "cgroup2"
	}
	return m.Type == "cgroup" && slices.Contains(m.Options, "cpu")
}

// levels lists directories from the group's own up to the mount point. A group outside of what is mounted (a container that sees
// the host's path without a namespace, or a process moved out of its namespace) is taken to be the mount point itself.
func levels(m Mount, group string) []string {
	below, ok := relative(m.Root, group)
	if !ok {
		below = ""
	}
	var all []string
	for dir := path.Join("/", below); ; dir = path.Dir(dir) {
		all = append(all, path.Join(m.Point, dir))
		if dir == "/" {
			return all
		}
	}
}

// relative gives the group's path below root.
func relative(root, group string) (string, bool) {
	if strings.HasPrefix(group, "/..") {
		return "", false
	}
	if root == "/" || root == group {
		return strings.TrimPrefix(group, root), true
	}
	return strings.CutPrefix(group, root+"/")
}

// controls tells whether dir has a file of the CPU controller that says something about limits. The root group has none in version 2.
func controls(dir string, v Version) bool {
	name := "cpu.max"
	if v == V1 {
		name = "cpu.cfs_quota_us"
	}
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}
