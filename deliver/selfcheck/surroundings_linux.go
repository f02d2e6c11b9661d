package selfcheck

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// mapping is a line of /proc/PID/maps (proc(5)).
type mapping struct {
	start, offset uint64
	rights        string // "r-xp"
	path          string // empty for anonymous memory
}

func readMaps(name string) ([]mapping, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseMaps(string(text))
}

func parseMaps(text string) ([]mapping, error) {
	var list []mapping
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			return nil, errors.New("a line of maps is not as proc(5) says: " + strconv.Quote(line))
		}
		m := mapping{rights: fields[1]}
		first, _, _ := strings.Cut(fields[0], "-")
		var err1, err2 error
		m.start, err1 = strconv.ParseUint(first, 16, 64)
		m.offset, err2 = strconv.ParseUint(fields[2], 16, 64)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		if i := strings.IndexAny(line, "/["); i >= 0 { // a path may have spaces
			m.path = strings.TrimRight(line[i:], "\n")
		}
		list = append(list, m)
	}
	return list, nil
}

// kernelsOwn reports whether the kernel has put code there itself.
func (m mapping) kernelsOwn() bool {
	return m.path == "[vdso]" || m.path == "[vsyscall]" || m.path == "[sigpage]" || m.path == "[vectors]"
}

// mappings looks for code that is not the program's.
func (c *checker) mappings() {
	maps, err := readMaps("/proc/self/maps")
	if err != nil {
		c.add("mappings", Unknown, "%v", err)
		return
	}
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		c.add("mappings", Unknown, "%v", err)
		return
	}
	level, why := Failure, ""
	if dynamic() {
		level, why = Warning, "; the program is linked dynamically, so nobody can tell its libraries from others"
	}
	found := foreign(maps, exe)
	for _, m := range found {
		c.add("mappings", level, "%s%s", describe(m), why)
	}
	if len(found) == 0 {
		c.add("mappings", OK, "no executable memory but the program's own and the kernel's")
	}
}

// dynamic reports whether this program asks for libraries itself.
func dynamic() bool {
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		return false
	}
	defer f.Close()
	im, err := readImage(f)
	return err == nil && im.dynamic
}

// foreign are the mappings that can be executed and do not belong to the program, or can be written as well.
func foreign(maps []mapping, exe string) []mapping {
	var list []mapping
	for _, m := range maps {
		if strings.Contains(m.rights, "x") && (m.path != exe && !m.kernelsOwn() || strings.Contains(m.rights, "w")) {
			list = append(list, m)
		}
	}
	return list
}

func describe(m mapping) string {
	what := m.path
	if what == "" {
		what = "anonymous memory"
	}
	return what + " at 0x" + strconv.FormatUint(m.start, 16) + " is executable (" + m.rights + ")"
}

// tracer looks for a debugger. Recording a profile is done with one.
func (c *checker) tracer() {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		c.add("tracer", Unknown, "%v", err)
		return
	}
	for line := range strings.Lines(string(text)) {
		pid, ok := strings.CutPrefix(line, "TracerPid:")
		if pid = strings.TrimSpace(pid); ok && pid != "0" {
			c.add("tracer", Warning, "process %s traces this one", pid)
			return
		}
	}
	c.add("tracer", OK, "none")
}

// init looks at PID 1 as far as the kernel lets it: that takes the same user or CAP_SYS_PTRACE.
func (c *checker) init(want string) {
	exe, err := os.Readlink("/proc/1/exe")
	if err != nil {
		c.add("init", Unknown, "PID 1 cannot be looked at: %v", err)
		return
	}
	if want != "" && exe != want {
		c.add("init", Failure, "PID 1 runs %s, not %s", exe, want)
		return
	}
	maps, err := readMaps("/proc/1/maps")
	if err != nil || len(maps) == 0 {
		c.add("init", Unknown, "PID 1 runs %s; its mappings cannot be read", exe)
		return
	}
	for _, m := range maps {
		if strings.Contains(m.rights, "x") && strings.Contains(m.rights, "w") || strings.Contains(m.rights, "x") && m.path == "" {
			c.add("init", Warning, "in PID 1 (%s), %s", exe, describe(m))
			return
		}
	}
	c.add("init", OK, "PID 1 runs %s, and all executable memory of it comes from files", exe)
}

// environment looks for variables that change how programs run.
func (c *checker) environment() {
	clean := true
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		switch {
		case strings.HasPrefix(name, "LD_"):
			c.add("environment", Failure, "%s is set: it does nothing to a static program, but someone wants to load code into programs", name)
		case name == "GODEBUG" || name == "GOCOVERDIR" || name == "GORACE":
			c.add("environment", Warning, "%s is set: it changes what Go's runtime and library do", name)
		default:
			continue
		}
		clean = false
	}
	if clean {
		c.add("environment", OK, "nothing that changes how programs run")
	}
}

// readOnly holds places to what they should be. It looks at how they are mounted, since writing to try would be worse.
func (c *checker) readOnly(paths []string) {
	for _, name := range paths {
		var mounted unix.Statfs_t
		err := unix.Statfs(name, &mounted)
		if err == nil && mounted.Flags&unix.ST_RDONLY != 0 {
			c.add("read-only", OK, "%s is", name)
			continue
		}
		if err == nil {
			err = unix.Access(name, unix.W_OK)
		}
		switch {
		case err == nil:
			c.add("read-only", Failure, "%s can be written", name)
		case errors.Is(err, fs.ErrPermission):
			c.add("read-only", Warning, "%s is not mounted read-only; this user may not write it", name)
		default:
			c.add("read-only", Unknown, "%s: %v", name, err)
		}
	}
}
