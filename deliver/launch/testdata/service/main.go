// Command service tells over HTTP how it was started, and what it can no longer do.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"

	"mote/deliver/sandbox"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(listener.Addr())
	http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		status, _ := sandbox.Current()
		json.NewEncoder(w).Encode(map[string]any{"uid": os.Getuid(), "gid": os.Getgid(), "args": os.Args, "env": os.Environ(), "status": status, "errors": tries()})
	}))
}

// tries are ways to start another program, and others that are closed.
func tries() map[string]string {
	const descriptor = 1024 // what mote-run takes
	_, netlink := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW, 0)
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		return map[string]string{"open": err.Error()}
	}
	defer self.Close()
	return map[string]string{
		"netlink":                    fmt.Sprint(netlink),
		"execve":                     fmt.Sprint(unix.Exec("/proc/self/exe", []string{"again"}, nil)),
		"execveat of an open file":   fmt.Sprint(execveat(int(self.Fd()))),
		"execveat of the descriptor": fmt.Sprint(execveat(descriptor)),
		"dup to the descriptor":      fmt.Sprint(unix.Dup3(int(self.Fd()), descriptor, 0)),
		"unshare":                    fmt.Sprint(unix.Unshare(unix.CLONE_NEWUSER)),
	}
}

func execveat(fd int) error {
	empty := [1]byte{}
	_, _, errno := unix.RawSyscall6(unix.SYS_EXECVEAT, uintptr(fd), uintptr(unsafe.Pointer(&empty)), 0, 0, unix.AT_EMPTY_PATH, 0)
	return errno
}
