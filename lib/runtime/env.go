//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// os_runtime_args gives package os the words of the command line.
//
// Safety: package os declares it without a body and with this signature.
//
//go:linkname os_runtime_args os.runtime_args
func os_runtime_args() []string {
	for size := 256; ; size *= 4 {
		line, ok := commandLine(make([]byte, size))
		if ok || uintptr(size) >= min(maxCommandLine, memory.Total()/16) {
			return splitArgs(line)
		}
	}
}

// maxCommandLine bounds the length of the command line in bytes, with the final zero byte, as does the size of the heap. A program
// with a longer one has no arguments.
const maxCommandLine = 16 << 10

// splitArgs splits a command line at spaces; single or double quotes keep words together.
func splitArgs(line string) []string {
	args := []string{}
	var word []byte
	quote, open := byte(0), false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, open = c, true
		case quote == 0 && c == ' ':
			if open {
				args = append(args, string(word))
			}
			word, open = word[:0], false
		default:
			word, open = append(word, c), true
		}
	}
	if open {
		args = append(args, string(word))
	}
	return args
}

// godebugUpdate is what internal/godebug wants called when the environment variable GODEBUG changes.
var godebugUpdate func(def, env string)

// Environment changes of package syscall.
//
// Safety: syscall and internal/godebug declare these functions without bodies and with these signatures.

//go:linkname syscall_runtimeSetenv syscall.runtimeSetenv
func syscall_runtimeSetenv(key, value string) {
	if key != "GODEBUG" {
		return
	}
	asyncTimers = hasSetting(value, "asynctimerchan=2")
	if godebugUpdate != nil {
		godebugUpdate("", value)
	}
}

// hasSetting reports whether a comma-separated list holds setting.
func hasSetting(list, setting string) bool {
	for len(list) >= len(setting) {
		end := 0
		for end < len(list) && list[end] != ',' {
			end++
		}
		if list[:end] == setting {
			return true
		}
		list = list[min(end+1, len(list)):]
	}
	return false
}

//go:linkname syscall_runtimeUnsetenv syscall.runtimeUnsetenv
func syscall_runtimeUnsetenv(key string) { syscall_runtimeSetenv(key, "") }

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(def, env string)) { godebugUpdate = update }

//go:linkname godebug_registerMetric internal/godebug.registerMetric
func godebug_registerMetric(name string, read func() uint64) { keepSetting(name, read) }

// The runtime itself has no settings to count.

//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(newIncNonDefault func(string) func()) {}
