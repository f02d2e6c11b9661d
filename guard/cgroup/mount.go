package cgroup

import (
	"fmt"
	"slices"
	"strings"
)

// Mount is one line of /proc/self/mountinfo, as far as control groups need it.
type Mount struct {
	Root    string   // the directory of the file system that is mounted: not / in many containers
	Point   string   // where
	Type    string   // such as cgroup, cgroup2
	Options []string // of the superblock: in version 1, the controllers
}

// ParseMounts reads /proc/self/mountinfo (proc(5)) and keeps the mounts of control groups.
func ParseMounts(b []byte) ([]Mount, error) {
	var all []Mount
	for n := 1; len(b) > 0; n++ {
		var line []byte
		line, b = cutLine(b)
		if len(line) == 0 {
			continue
		}
		m, ok := parseMount(string(line))
		if !ok {
			return nil, fmt.Errorf("line %d: want 36 35 98:0 /root /point options - type source options, found %q", n, line)
		}
		if m.Type == "cgroup" || m.Type == "cgroup2" {
			all = append(all, m)
		}
	}
	return all, nil
}

func parseMount(line string) (Mount, bool) {
	fields := strings.Split(line, " ")
	dash := slices.Index(fields, "-")
	if dash < 6 || len(fields) < dash+4 {
		return Mount{}, false
	}
	return Mount{
		Root:    unescape(fields[3]),
		Point:   unescape(fields[4]),
		Type:    fields[dash+1],
		Options: strings.Split(fields[dash+3], ","),
	}, true
}

// unescape turns the octal escapes of the kernel's mangle_path (space, tab, newline, backslash) back.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if c, ok := octal(s[i:]); ok {
			out.WriteByte(c)
			i += 3
			continue
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// octal reads a backslash and three octal digits at the start of s.
func octal(s string) (byte, bool) {
	if len(s) < 4 || s[0] != '\\' {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s[1:4]) {
		if c < '0' || c > '7' {
			return 0, false
		}
		n = n*8 + int(c-'0')
	}
	return byte(n), n < 256
}
