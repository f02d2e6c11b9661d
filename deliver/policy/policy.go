// Package policy is what a sandbox allows, as data: part of a device profile, what package record writes and what package sandbox installs.
//
// It knows nothing of an operating system, so that the host's tools and a small program on the device share it.
package policy

import (
	"encoding/json"
	"fmt"
	"os"
)

// Policy is all of a sandbox.
type Policy struct {
	Seccomp  Seccomp  `json:"seccomp"`
	Landlock Landlock `json:"landlock"`
}

// Seccomp is the filter of system calls.
type Seccomp struct {
	Default string   `toml:"default" json:"default"`                 // what happens to other calls: ActionErrno and so on
	Errno   string   `toml:"errno,omitempty" json:"errno,omitempty"` // for ActionErrno: "EPERM" (the default), "ENOSYS"
	Log     bool     `toml:"log" json:"log"`                         // refused calls go to the audit log
	Allow   []string `toml:"allow,omitempty" json:"allow,omitempty"` // names of calls, allowed whatever their arguments
	Rules   []Rule   `toml:"rule,omitempty" json:"rule,omitempty"`   // calls that are allowed under conditions; these are not in Allow
}

// Actions of a filter on a call that nothing allows.
const (
	ActionErrno       = "errno"
	ActionKillProcess = "kill"
	ActionLog         = "log" // allowed, and logged
)

// Rule allows a call when one of its arguments, masked, has one of some values. A call with several rules is allowed when all of them hold.
type Rule struct {
	Call   string   `toml:"call" json:"call"`
	Arg    int      `toml:"arg" json:"arg"`                       // 0 to 5
	Mask   uint64   `toml:"mask,omitempty" json:"mask,omitempty"` // 0: all bits
	Values []uint64 `toml:"values" json:"values"`                 // compared with argument & mask
	Why    string   `toml:"why,omitempty" json:"why,omitempty"`
}

// Landlock is what the service may reach in the file system and the network. Paths that are not there are skipped.
type Landlock struct {
	MinABI  int      `toml:"min_abi,omitempty" json:"min_abi,omitempty"` // the service does not start below; 0: without Landlock if need be
	Read    []string `toml:"read,omitempty" json:"read,omitempty"`
	Write   []string `toml:"write,omitempty" json:"write,omitempty"` // read as well
	Exec    []string `toml:"exec,omitempty" json:"exec,omitempty"`   // read and execute
	Bind    []uint16 `toml:"bind,omitempty" json:"bind,omitempty"`   // TCP ports, others are refused; from ABI 4 (Linux 6.7) on
	Connect []uint16 `toml:"connect,omitempty" json:"connect,omitempty"`
}

// Read reads a policy from a JSON file.
func Read(name string) (*Policy, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	p := new(Policy)
	if err := json.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}
