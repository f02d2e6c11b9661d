package record

import (
	"path"

	"golang.org/x/sys/unix"
)

// enter notes a call and looks at what its arguments point to while that is as the kernel will see it.
func (s *session) enter(id int, c *call) {
	s.log.calls[c.name]++
	for _, arg := range checked()[c.name] {
		value := c.args[arg.number] & arg.mask
		if arg.pointer && value != 0 {
			value = 1
		}
		s.log.argument(c.name, arg.number, value)
	}
	if arg, ok := pathArgs()[c.name]; ok {
		c.path = s.resolve(id, c.args, arg)
	}
}

// leave notes what a call that worked has reached.
func (s *session) leave(id int, t *thread, result int64, failed bool) {
	c := t.pending
	switch c.name {
	case "bind", "connect": // that a connection could not be made says nothing of whether it is needed
		s.address(id, t, c)
		return
	}
	if failed {
		return
	}
	switch c.name {
	case "open", "openat", "openat2", "creat":
		s.opened(id, c, int(result))
	case "socket":
		s.sockets[socketKey{t.process, int(result)}] = isTCP(c.args)
	case "close":
		delete(s.sockets, socketKey{t.process, int(c.args[0])})
	case "truncate":
		s.log.file(c.path).Write = true
	default:
		s.changed(id, c)
	}
}

// checked are the arguments that Policy makes rules about, with the bits that count.
func checked() map[string][]argument {
	const whole = 0xffff_ffff // the call takes an int
	return map[string][]argument{
		"socket":     {{0, whole, false}, {1, 0xf, false}, {2, whole, false}}, // type without SOCK_NONBLOCK and SOCK_CLOEXEC
		"socketpair": {{0, whole, false}, {1, 0xf, false}, {2, whole, false}},
		"clone":      {{0, whole, false}},
		"prctl":      {{0, whole, false}},
		"ioctl":      {{1, whole, false}},
		"mmap":       {{2, unix.PROT_EXEC, false}},
		"mprotect":   {{2, unix.PROT_EXEC, false}},
		"prlimit64":  {{2, ^uint64(0), true}}, // 0: it only asks
	}
}

// argument is one argument of a call.
type argument struct {
	number  int
	mask    uint64
	pointer bool // only whether there is one
}

// pathArgs are the calls that change what is in a folder: where their path is, and the folder that it is relative to (-1: the working folder).
func pathArgs() map[string]pathArg {
	return map[string]pathArg{
		"openat": {0, 1}, "open": {-1, 0}, "creat": {-1, 0}, "truncate": {-1, 0},
		"mkdir": {-1, 0}, "mkdirat": {0, 1}, "rmdir": {-1, 0}, "unlink": {-1, 0}, "unlinkat": {0, 1}, "mknod": {-1, 0}, "mknodat": {0, 1},
		"rename": {-1, 0}, "renameat": {0, 1}, "renameat2": {0, 1}, "link": {-1, 1}, "linkat": {2, 3}, "symlink": {-1, 1}, "symlinkat": {1, 2},
	}
}

// pathArg says which arguments are a path.
type pathArg struct{ dir, path int }

// opened notes a file that was opened: as what it is, behind symbolic links, since Landlock's rules are about files.
func (s *session) opened(id int, c *call, fd int) {
	name, dir := s.descriptor(id, fd)
	if name == "" {
		return
	}
	flags := c.args[2]
	switch c.name {
	case "open":
		flags = c.args[1]
	case "creat":
		flags = unix.O_WRONLY | unix.O_CREAT
	case "openat2": // struct open_how begins with the flags
		flags = s.word(id, c.args[2])
	}
	f := s.log.file(name)
	f.Dir = dir || name == "/proc/self"
	switch flags & unix.O_ACCMODE {
	case unix.O_RDONLY:
		f.Read = true
	case unix.O_WRONLY:
		f.Write = true
	default:
		f.Read, f.Write = true, true
	}
	if flags&unix.O_CREAT != 0 {
		s.changedFolder(path.Dir(name))
	}
}

// changed notes the folder in which a call has made, moved or removed something.
func (s *session) changed(id int, c *call) {
	if c.path == "" {
		return
	}
	s.changedFolder(path.Dir(c.path))
	switch c.name { // the place to which it was moved
	case "rename":
		s.changedFolder(path.Dir(s.resolve(id, c.args, pathArg{-1, 1})))
	case "renameat", "renameat2":
		s.changedFolder(path.Dir(s.resolve(id, c.args, pathArg{2, 3})))
	}
}

func (s *session) changedFolder(name string) {
	f := s.log.file(name)
	f.Dir, f.Change = true, true
}

// executable notes the program that a process has become.
func (s *session) executable(id int) {
	if name := s.link(id, "exe"); name != "" {
		f := s.log.file(name)
		f.Exec, f.Read = true, true
	}
}
