//go:build mote

package syscall

import (
	"internal/strconv"
	"unsafe"
)

// Semihosting has operations on open files only. What else there is to do with names (folders, links, modes, times) is done by
// the host's shell through SYS_SYSTEM: a POSIX sh with the usual tools. It gives a program no more than it has, since
// semihosting opens any file of the host's user. What the script prints comes back in a temporary file. A host that
// has no shell or does not let the device at it gives ENOSYS.

const (
	sysTmpnam = 0x0d
	sysSystem = 0x12
)

// shell runs a script on the host and returns what it prints. If its status is not 0 the error is the one named in what it
// prints. The script must quote every path by quote.
func shell(script string) (output []byte, err error) {
	// More than one name is tried because another run of the emulator may have left its file.
	for id := range uintptr(8) {
		name := tempName(id)
		if name == "" {
			return nil, ENOSYS
		}
		switch runScript(script, name) {
		case failed:
			return nil, ENOSYS
		case 0:
			return scriptOutput(name)
		}
	}
	return nil, ENOSYS
}

// tempName is a name for a temporary file that no other running program of the host gets for this id; empty if the host
// knows none.
func tempName(id uintptr) string {
	var name [64]byte
	block := [3]uintptr{uintptr(unsafe.Pointer(&name)), id, uintptr(len(name))}
	if semihost(sysTmpnam, unsafe.Pointer(&block)) != 0 {
		return ""
	}
	n := 0
	for n < len(name) && name[n] != 0 {
		n++
	}
	return string(name[:n])
}

// runScript runs a script whose output and status go to a new file. The result is 0, or something else if the file exists.
func runScript(script, name string) uintptr {
	command := "set -C; command exec </dev/null 2>/dev/null 3>" + quote(name) + " || exit 1; LC_ALL=C; export LC_ALL\n" +
		"(set +C; " + script + ") >&3 2>&3; echo :$? >&3\n\x00"
	block := [2]uintptr{address(command), uintptr(len(command) - 1)}
	return semihost(sysSystem, unsafe.Pointer(&block))
}

// scriptOutput reads and removes the output of a script. At its end stands ":" and the status.
func scriptOutput(name string) ([]byte, error) {
	output, err := readHost(name)
	remove(name)
	if err != nil {
		return nil, err
	}
	end := len(output) - 1
	for end >= 0 && output[end] != ':' {
		end--
	}
	if end < 0 {
		return nil, EIO
	}
	if status := string(output[end+1:]); status != "0\n" {
		return nil, errnoIn(string(output[:end]))
	}
	return output[:end], nil
}

// readHost returns the contents of a file; its name is the host's.
func readHost(name string) ([]byte, error) {
	fd, err := openHost(name, modeRead)
	if err != nil {
		return nil, err
	}
	defer Close(fd)
	size, err := Length(fd)
	if err != nil {
		return nil, err
	}
	data := make([]byte, size)
	n, err := Read(fd, data)
	return data[:n], err
}

// errnoIn finds the error number in the messages of the host's tools: the first line that ends with the text of one behind a
// colon, as in "mkdir: cannot create directory 'x': File exists".
func errnoIn(messages string) error {
	for len(messages) > 0 {
		var line string
		line, messages = cutLine(messages)
		start := len(line)
		for start > 0 && line[start-1] != ':' {
			start--
		}
		if start+1 < len(line) {
			if e := errnoOf(line[start+1:]); e != 0 {
				return e
			}
		}
	}
	return EIO
}

func cutLine(s string) (line, rest string) {
	for i := range len(s) {
		if s[i] == '\n' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// errnoOf is the number with the text, which C's library begins with a capital letter; 0 if there is none.
func errnoOf(text string) Errno {
	for e, known := range errnoTexts {
		if known != "" && len(text) == len(known) && text[0]|0x20 == known[0] && text[1:] == known[1:] {
			return Errno(e)
		}
	}
	if text == "Operation not supported" {
		return EOPNOTSUPP
	}
	return 0
}

// quote makes one word for the shell out of any text without NUL.
func quote(s string) string {
	q := append(make([]byte, 0, len(s)+2), '\'')
	for i := range len(s) {
		if s[i] == '\'' {
			q = append(q, `'\'`...)
		}
		q = append(q, s[i])
	}
	return string(append(q, '\''))
}

// quotePath is the word for a path: relative to the working directory, and not to be taken for an option.
func quotePath(path string) string {
	path = hostPath(path)
	if len(path) > 0 && path[0] == '-' {
		path = "./" + path
	}
	return quote(path)
}

// shellPath runs a script in which $p is the path.
func shellPath(path, script string) ([]byte, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	return shell("p=" + quotePath(path) + "; " + script)
}

// checkPath returns the errors of paths that the shell cannot see.
func checkPath(path string) error {
	if path == "" {
		return ENOENT
	}
	for i := range len(path) {
		if path[i] == 0 {
			return EINVAL
		}
	}
	return nil
}

// octal is n in the notation of chmod.
func octal(n uint32) string { return "0" + strconv.FormatUint(uint64(n), 8) }

// HostID is a number that differs between programs that run on the host at the same time, if the host tells one.
func HostID() uint32 {
	hash := uint32(2166136261)
	name := tempName(0)
	for i := range len(name) {
		hash = (hash ^ uint32(name[i])) * 16777619
	}
	return hash
}
