package record

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// peek reads memory of a traced thread; it returns less than n bytes where the memory ends.
func peek(id int, address uint64, n int) []byte {
	buf := make([]byte, n)
	got := 0
	for got < n { // a page at a time: reading is all or nothing within one piece
		piece := min(n-got, 4096-int((address+uint64(got))%4096))
		local := []unix.Iovec{{Base: &buf[got]}}
		local[0].SetLen(piece)
		m, err := unix.ProcessVMReadv(id, local, []unix.RemoteIovec{{Base: uintptr(address) + uintptr(got), Len: piece}}, 0)
		if err != nil || m <= 0 {
			break
		}
		got += m
	}
	return buf[:got]
}

// text reads a path from a thread's memory.
func (s *session) text(id int, address uint64) string {
	b := peek(id, address, unix.PathMax)
	end := bytes.IndexByte(b, 0)
	if end < 0 {
		return ""
	}
	return string(b[:end])
}

// word reads eight bytes; 0 if they cannot be read.
func (s *session) word(id int, address uint64) uint64 {
	b := peek(id, address, 8)
	if len(b) < 8 {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

// link reads a symbolic link of /proc/ID, as the thread sees it: below its own root. All of its process in /proc is "/proc/self": the
// numbers below are other ones next time, and the kernel makes the files there anew as it likes, so that Landlock can only hold on to the folder.
func (s *session) link(id int, name string) string {
	target, err := os.Readlink(fmt.Sprintf("/proc/%d/%s", id, name))
	if err != nil || !strings.HasPrefix(target, "/") {
		return "" // a socket, a pipe, memory
	}
	root, err := os.Readlink(fmt.Sprintf("/proc/%d/root", id))
	if err == nil && root != "/" {
		rest, below := strings.CutPrefix(target, root)
		if !below {
			return ""
		}
		target = "/" + strings.TrimPrefix(rest, "/")
	}
	target = strings.TrimSuffix(target, " (deleted)")
	for _, process := range []int{id, s.main, processOf(id)} {
		if strings.HasPrefix(target+"/", "/proc/"+strconv.Itoa(process)+"/") {
			return "/proc/self"
		}
	}
	return target
}

// descriptor is the path behind a file descriptor, and whether it is a folder.
func (s *session) descriptor(id, fd int) (name string, dir bool) {
	name = s.link(id, "fd/"+strconv.Itoa(fd))
	if name == "" {
		return "", false
	}
	info, err := os.Stat(fmt.Sprintf("/proc/%d/fd/%d", id, fd))
	return name, err == nil && info.IsDir()
}

// resolve makes a path argument absolute.
func (s *session) resolve(id int, args [6]uint64, arg pathArg) string {
	name := s.text(id, args[arg.path])
	if name == "" || path.IsAbs(name) {
		return name
	}
	base := "cwd"
	if arg.dir >= 0 && int32(args[arg.dir]) != unix.AT_FDCWD {
		base = "fd/" + strconv.Itoa(int(int32(args[arg.dir])))
	}
	dir := s.link(id, base)
	if dir == "" {
		return ""
	}
	return path.Join(dir, name)
}

// processOf is the process of a thread; a thread that is gone is taken for one.
func processOf(id int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", id))
	if err != nil {
		return id
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "Tgid:"); ok {
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
				return n
			}
		}
	}
	return id
}

// socketKey is a file descriptor of a process.
type socketKey struct{ process, fd int }

// isTCP reports whether the arguments of socket ask for TCP. Multipath TCP counts: without it, Go falls back to plain TCP.
func isTCP(args [6]uint64) bool {
	family, kind := int32(args[0]), args[1]&0xf
	return (family == unix.AF_INET || family == unix.AF_INET6) && kind == unix.SOCK_STREAM
}

// address notes the port of bind and connect, where a TCP socket was given one, and the folder of a Unix socket's name.
func (s *session) address(id int, t *thread, c *call) {
	b := peek(id, c.args[1], int(min(c.args[2], 128)))
	if len(b) < 4 {
		return
	}
	family := binary.LittleEndian.Uint16(b)
	if family == unix.AF_UNIX && c.name == "bind" && b[2] == '/' {
		name, _, _ := bytes.Cut(b[2:], []byte{0})
		s.changedFolder(path.Dir(string(name)))
	}
	if !s.sockets[socketKey{t.process, int(c.args[0])}] || family != unix.AF_INET && family != unix.AF_INET6 {
		return
	}
	port := binary.BigEndian.Uint16(b[2:])
	if c.name == "bind" {
		s.log.bind[port] = true
	} else {
		s.log.connect[port] = true
	}
}
