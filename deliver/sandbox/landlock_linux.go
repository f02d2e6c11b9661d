package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"

	"mote/deliver/policy"
)

// Rights to files and to what is below folders.
const (
	readFile  = ll.AccessFSReadFile
	readDir   = readFile | ll.AccessFSReadDir
	execFile  = readFile | ll.AccessFSExecute
	writeFile = readFile | ll.AccessFSWriteFile | ll.AccessFSTruncate
	writeDir  = readDir | writeFile | ll.AccessFSRemoveDir | ll.AccessFSRemoveFile | ll.AccessFSMakeDir | ll.AccessFSMakeReg | ll.AccessFSMakeSym |
		ll.AccessFSMakeSock | ll.AccessFSMakeFifo
)

// LandlockABI is the kernel's version of Landlock, 0 without.
func LandlockABI() int {
	version, err := ll.LandlockGetABIVersion()
	if err != nil {
		return 0
	}
	return version
}

// Restrict installs the part of Install that is about files and ports. What the kernel's version of Landlock does not know yet it cannot refuse; MinABI
// says how much of it must be there. The caller must be able to reach the paths.
func Restrict(p *policy.Landlock) error {
	abi := LandlockABI()
	if abi < p.MinABI {
		return fmt.Errorf("landlock: the kernel has version %d, the policy asks for %d", abi, p.MinABI)
	}
	if abi == 0 {
		return nil
	}
	rules, err := pathRules(p, abi)
	if err != nil {
		return err
	}
	for _, port := range p.Bind {
		rules = append(rules, landlock.BindTCP(port))
	}
	for _, port := range p.Connect {
		rules = append(rules, landlock.ConnectTCP(port))
	}
	// Version 6 handles all that a policy speaks of, and connections to abstract sockets and signals to others outside; UDP ports, which a later one has,
	// a policy does not know.
	if err := landlock.V6.BestEffort().Restrict(rules...); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	return nil
}

// pathRules are the rules for paths that are there.
func pathRules(p *policy.Landlock, abi int) ([]landlock.Rule, error) {
	var rules []landlock.Rule
	for _, group := range []struct {
		key       string
		paths     []string
		file, dir landlock.AccessFSSet
		move      bool
	}{
		{"read", p.Read, readFile, readDir, false},
		{"write", p.Write, writeFile, writeDir, true},
		{"exec", p.Exec, execFile, execFile | readDir, false},
	} {
		for _, name := range group.paths {
			info, err := os.Stat(name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("landlock.%s: %w", group.key, err)
			}
			rights := group.file
			if info.IsDir() {
				rights = group.dir
			}
			rule := landlock.PathAccess(rights, name)
			if group.move && info.IsDir() && abi >= 2 {
				rule = rule.WithRefer() // version 1 refuses to move files from one folder to another, whatever the rules
			}
			rules = append(rules, rule)
		}
	}
	return rules, nil
}
