//go:build !linux

package sandbox

import (
	"errors"

	"mote/deliver/policy"
)

// Install fails: only Linux has what it needs.
func Install(*policy.Policy) error { return errors.New("a sandbox needs Linux") }

// Filter fails.
func Filter(policy.Seccomp) error { return errors.New("a sandbox needs Linux") }

// Restrict fails.
func Restrict(*policy.Landlock) error { return errors.New("a sandbox needs Linux") }

// LandlockABI is 0.
func LandlockABI() int { return 0 }

// Current fails.
func Current() (Status, error) { return Status{}, errors.New("a sandbox needs Linux") }
