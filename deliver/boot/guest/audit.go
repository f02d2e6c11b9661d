//go:build linux

package main

import (
	"strings"

	"golang.org/x/sys/unix"
)

// seccompRecord is AUDIT_SECCOMP (linux/audit.h), as the kernel writes it to its log where no audit daemon runs.
const seccompRecord = "type=1326 "

// inspectAudit wants the refused calls in the kernel's log, if the profile says that they go there.
func (g *guest) inspectAudit() {
	p := g.orders.Profile
	if !p.Seccomp.Log || len(p.Service.Forbidden) == 0 {
		return
	}
	records, err := kernelLog(seccompRecord)
	g.check("refused calls are in the audit log", err == nil && len(records) > 0, "%d records%s", len(records), lastOf(records))
}

func lastOf(records []string) string {
	if len(records) == 0 {
		return ""
	}
	return ", the last: " + records[len(records)-1]
}

// kernelLog returns the records of the kernel's log that contain text. A read gives one record.
func kernelLog(text string) ([]string, error) {
	fd, err := unix.Open("/dev/kmsg", unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	var found []string
	buf := make([]byte, 8192)
	for {
		n, err := unix.Read(fd, buf)
		if err == unix.EPIPE { // the oldest were overwritten
			continue
		}
		if err != nil || n == 0 {
			return found, nil // EAGAIN: no more
		}
		record, _, _ := strings.Cut(string(buf[:n]), "\n")
		if _, message, ok := strings.Cut(record, ";"); ok && strings.Contains(message, text) {
			found = append(found, message)
		}
	}
}
