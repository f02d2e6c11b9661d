package main

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"syscall"
)

// forbidden tries what no sandbox of this agent may let through, and answers 200 with the errors if all of it was refused. None of the calls does
// anything where they are allowed.
func forbidden(w http.ResponseWriter, _ *http.Request) {
	status, results := http.StatusOK, map[string]string{}
	try := func(what string, err error) {
		results[what] = "allowed"
		if err != nil {
			results[what] = err.Error()
		}
		if !errors.Is(err, fs.ErrPermission) { // EPERM of the filter, EACCES of Landlock
			status = http.StatusInternalServerError
		}
	}
	try("netlink socket", socket(syscall.AF_NETLINK))
	try("packet socket", socket(syscall.AF_PACKET))
	_, err := os.ReadFile("/proc/1/environ")
	try("another process's environment", err)
	for _, c := range []struct {
		what   string
		number uintptr
	}{
		{"exec", syscall.SYS_EXECVE}, {"mount", syscall.SYS_MOUNT}, {"reboot", syscall.SYS_REBOOT}, {"trace", syscall.SYS_PTRACE}, {"load a kernel module", syscall.SYS_INIT_MODULE},
	} {
		_, _, errno := syscall.RawSyscall6(c.number, ^uintptr(0), 0, 0, 0, 0, 0)
		try(c.what, errno)
	}
	writeJSON(w, status, results)
}

// socket opens a socket and closes it.
func socket(family int) error {
	fd, err := syscall.Socket(family, syscall.SOCK_RAW, 0)
	if err != nil {
		return err
	}
	return syscall.Close(fd)
}
