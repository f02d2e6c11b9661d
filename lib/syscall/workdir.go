//go:build mote

package syscall

// workdir is the working directory after Chdir, an absolute path. The host's own cannot be changed: names relative to
// another are made absolute before the host sees them. Empty until then, and never anything else in a program that
// does not reach Chdir.
var workdir string

// startdir is what workdir was before the first Chdir.
var startdir string

// Workdir is the working directory that Chdir has set, or empty.
func Workdir() string { return workdir }

// At is path as it was meant when Workdir was dir.
func At(dir, path string) string {
	if dir == "" {
		dir = startdir
	}
	return join(dir, path)
}

// hostPath is path as the host must be told it.
func hostPath(path string) string { return join(workdir, path) }

func join(dir, path string) string {
	if dir == "" || path == "" || path[0] == '/' {
		return path
	}
	return dir + "/" + path
}

// Chdir makes names relative to path.
func Chdir(path string) error {
	start, err := Getwd()
	if err != nil {
		return err
	}
	dir, err := shellPath(path, mustExist+`[ -d "$p" ] || { echo ": Not a directory"; exit 1; }
[ -x "$p" ] || { echo ": Permission denied"; exit 1; }
CDPATH= cd -- "$p" && pwd -P`)
	if err != nil || len(dir) == 0 {
		return err
	}
	if startdir == "" {
		startdir = start
	}
	workdir = string(dir[:len(dir)-1])
	return nil
}

// Getwd returns the working directory: the emulator's until Chdir.
func Getwd() (string, error) {
	if workdir != "" {
		return workdir, nil
	}
	dir, err := shell("pwd -P")
	if err != nil || len(dir) == 0 {
		return "", err
	}
	return string(dir[:len(dir)-1]), nil
}
