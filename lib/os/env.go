//go:build mote

package os

import (
	"errors"
	"internal/testlog"
	"syscall"
)

// Getenv returns the value of an environment variable; empty when it is not set. The environment is empty at start.
func Getenv(key string) string {
	testlog.Getenv(key)
	value, _ := syscall.Getenv(key)
	return value
}

// LookupEnv returns the value of an environment variable and whether it is set.
func LookupEnv(key string) (string, bool) {
	testlog.Getenv(key)
	return syscall.Getenv(key)
}

// Setenv sets an environment variable.
func Setenv(key, value string) error { return NewSyscallError("setenv", syscall.Setenv(key, value)) }

// Unsetenv removes an environment variable.
func Unsetenv(key string) error { return syscall.Unsetenv(key) }

// Clearenv removes all environment variables.
func Clearenv() { syscall.Clearenv() }

// Environ returns all environment variables as "key=value".
func Environ() []string { return syscall.Environ() }

// ExpandEnv replaces ${name} and $name in s by the values of environment variables.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// Expand replaces ${name} and $name in s by mapping(name). What is no valid reference is dropped as in Go:
// "${}" and "${" vanish, a "$" before anything else than a name stays.
func Expand(s string, mapping func(string) string) string {
	var out []byte
	done := 0
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '$' {
			continue
		}
		out = append(out, s[done:i]...)
		name, width := reference(s[i+1:])
		switch {
		case name != "":
			out = append(out, mapping(name)...)
		case width == 0:
			out = append(out, '$')
		}
		i += width
		done = i + 1
	}
	if out == nil {
		return s
	}
	return string(append(out, s[done:]...))
}

// reference reads the name behind a "$" and how many bytes it takes, braces included. A bad one has no name.
func reference(s string) (name string, width int) {
	switch {
	case s[0] == '{':
		return bracedReference(s)
	case special(s[0]):
		return s[:1], 1
	}
	n := 0
	for n < len(s) && alphanumeric(s[n]) {
		n++
	}
	return s[:n], n
}

func bracedReference(s string) (name string, width int) {
	if len(s) > 2 && special(s[1]) && s[2] == '}' {
		return s[1:2], 3
	}
	for i := 1; i < len(s); i++ {
		if s[i] == '}' {
			if i == 1 {
				return "", 2 // "${}" is dropped
			}
			return s[1:i], i + 1
		}
	}
	return "", 1 // "${" without an end is dropped
}

// special reports whether c is a name by itself, as in a shell.
func special(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-':
		return true
	}
	return '0' <= c && c <= '9'
}

func alphanumeric(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// UserHomeDir returns $HOME.
func UserHomeDir() (string, error) { return homePath("$HOME is not defined", "") }

// UserCacheDir returns $XDG_CACHE_HOME or $HOME/.cache.
func UserCacheDir() (string, error) {
	if dir := Getenv("XDG_CACHE_HOME"); dir != "" {
		return dir, nil
	}
	return homePath("neither $XDG_CACHE_HOME nor $HOME are defined", "/.cache")
}

// UserConfigDir returns $XDG_CONFIG_HOME or $HOME/.config.
func UserConfigDir() (string, error) {
	if dir := Getenv("XDG_CONFIG_HOME"); dir != "" {
		return dir, nil
	}
	return homePath("neither $XDG_CONFIG_HOME nor $HOME are defined", "/.config")
}

func homePath(missing, below string) (string, error) {
	if home := Getenv("HOME"); home != "" {
		return home + below, nil
	}
	return "", errors.New(missing)
}
