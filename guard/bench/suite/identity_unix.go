//go:build unix

package suite

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// identity is whom a program runs as; the zero value is the one who runs this.
type identity struct {
	other    bool
	uid, gid uint32
}

// unprivileged returns this user, or for root, postgres or nobody.
func unprivileged() (identity, error) {
	if os.Geteuid() != 0 {
		return identity{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
		if errUID == nil && errGID == nil {
			return identity{true, uint32(uid), uint32(gid)}, nil
		}
	}
	return identity{}, skip{"PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as"}
}

// own makes the directory that of the identity.
func (i identity) own(dir string) error {
	if !i.other {
		return nil
	}
	return os.Chown(dir, int(i.uid), int(i.gid))
}

// run has the command run as the identity, in a directory that it may enter.
func (i identity) run(cmd *exec.Cmd, dir string) {
	cmd.Dir = dir
	// A group of its own: the signal of ctrl-C goes to the benchmark alone, which then stops the server in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if i.other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: i.uid, Gid: i.gid}
	}
}
