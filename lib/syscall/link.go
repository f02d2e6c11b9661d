//go:build mote

package syscall

// Symlink makes a symbolic link. oldpath is its contents, whatever that is.
func Symlink(oldpath, newpath string) error {
	if err := checkPath(oldpath); err != nil {
		return err
	}
	_, err := shellPath(newpath, newName+"ln -s -- "+quote(oldpath)+` "$p"`)
	return err
}

// Link makes a second name for a file.
func Link(oldpath, newpath string) error {
	if err := checkPath(oldpath); err != nil {
		return err
	}
	_, err := shellPath(newpath, "ls -d -- "+quotePath(oldpath)+" >/dev/null || exit 1; "+newName+"ln -- "+quotePath(oldpath)+` "$p"`)
	return err
}

// ReadLink returns the contents of a symbolic link.
func ReadLink(path string) (string, error) {
	target, err := shellPath(path, mustExist+`[ -L "$p" ] || { echo ": Invalid argument"; exit 1; }; readlink -- "$p"`)
	if err != nil || len(target) == 0 {
		return "", err
	}
	return string(target[:len(target)-1]), nil // a newline follows
}
