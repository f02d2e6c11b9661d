//go:build mote

package syscall

// environ holds the environment as "key=value" entries in the order of their first setting. It starts empty: a device has
// no parent process.
var environ []string

// These tell the runtime of changes, because it acts on GODEBUG.
//
// Safety: the runtime defines them by linkname with these signatures.

func runtimeSetenv(k, v string)

func runtimeUnsetenv(k string)

// findEnv returns the index of key, or -1.
func findEnv(key string) int {
	for i, entry := range environ {
		if len(entry) > len(key) && entry[len(key)] == '=' && entry[:len(key)] == key {
			return i
		}
	}
	return -1
}

// Getenv returns the value of key and whether it is set.
func Getenv(key string) (value string, found bool) {
	if len(key) == 0 {
		return "", false
	}
	if i := findEnv(key); i >= 0 {
		return environ[i][len(key)+1:], true
	}
	return "", false
}

// Setenv sets key. A key that is empty or holds '=' or NUL is EINVAL.
func Setenv(key, value string) error {
	if len(key) == 0 {
		return EINVAL
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	for i := 0; i < len(value); i++ {
		if value[i] == 0 {
			return EINVAL
		}
	}
	entry := key + "=" + value
	if i := findEnv(key); i >= 0 {
		environ[i] = entry
	} else {
		environ = append(environ, entry)
	}
	runtimeSetenv(key, value)
	return nil
}

// Unsetenv removes key.
func Unsetenv(key string) error {
	if i := findEnv(key); i >= 0 {
		environ = append(environ[:i], environ[i+1:]...)
	}
	runtimeUnsetenv(key)
	return nil
}

// Clearenv removes all keys.
func Clearenv() {
	environ = nil
	runtimeUnsetenv("GODEBUG")
}

// Environ returns a copy of the environment.
func Environ() []string { return append([]string{}, environ...) }
