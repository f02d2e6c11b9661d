//go:build !unix

package suite

import "os/exec"

// identity is whom a program runs as: always the one who runs this.
type identity struct{}

func unprivileged() (identity, error) { return identity{}, nil }

func (identity) own(string) error { return nil }

func (identity) run(cmd *exec.Cmd, dir string) { cmd.Dir = dir }
