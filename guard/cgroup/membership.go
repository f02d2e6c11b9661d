package cgroup

import (
	"fmt"
	"strings"
)

// Membership is one line of /proc/self/cgroup: the group of the process in one hierarchy.
type Membership struct {
	Hierarchy   uint64   // 0 is version 2's
	Controllers []string // empty in version 2
	Path        string   // below the hierarchy's root, as seen from the process's namespace; may begin with /..
}

// ParseMembership reads /proc/self/cgroup (cgroups(7)): lines "hierarchy:controllers:path". Paths may contain colons.
func ParseMembership(b []byte) ([]Membership, error) {
	var all []Membership
	for n := 1; len(b) > 0; n++ {
		var line []byte
		line, b = cutLine(b)
		if len(line) == 0 {
			continue
		}
		fields := strings.SplitN(string(line), ":", 3)
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want hierarchy:controllers:path, found %q", n, line)
		}
		id, ok := parseUint([]byte(fields[0]))
		if !ok || !strings.HasPrefix(fields[2], "/") {
			return nil, fmt.Errorf("line %d: want hierarchy:controllers:path, found %q", n, line)
		}
		m := Membership{Hierarchy: id, Path: fields[2]}
		if fields[1] != "" {
			m.Controllers = strings.Split(fields[1], ",")
		}
		all = append(all, m)
	}
	return all, nil
}
