package cgroup

import (
	"path/filepath"
	"slices"
	"strconv"
)

// FindProcess locates the group of another process below root, as Find does for this one. Paths in /proc/PID/cgroup are relative to the reader's
// namespace, so the mounts are those that the reader sees.
func FindProcess(root string, pid int) (Group, error) {
	memberships, err := readParsed(filepath.Join(root, "proc", strconv.Itoa(pid), "cgroup"), ParseMembership)
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
