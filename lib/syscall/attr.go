//go:build mote

package syscall

import "internal/strconv"

// Chmod sets the permissions of a file.
func Chmod(path string, mode uint32) error {
	_, err := shellPath(path, "chmod "+octal(mode&0o7777)+` -- "$p"`)
	return err
}

// Chown sets user and group of a file; -1 leaves one as it is.
func Chown(path string, uid, gid int) error { return chown("chown ", path, uid, gid) }

// Lchown is Chown, but of a symbolic link itself.
func Lchown(path string, uid, gid int) error { return chown("chown -h ", path, uid, gid) }

func chown(command, path string, uid, gid int) error {
	owner := ""
	if uid >= 0 {
		owner = strconv.Itoa(uid)
	}
	if gid >= 0 {
		owner += ":" + strconv.Itoa(gid)
	}
	if owner == "" {
		command = ": "
	}
	_, err := shellPath(path, mustExist+command+quote(owner)+` -- "$p"`)
	return err
}

// Truncate changes the size of a file.
func Truncate(path string, length int64) error {
	if length < 0 {
		return EINVAL
	}
	_, err := shellPath(path, mustExist+`[ ! -d "$p" ] || { echo ": Is a directory"; exit 1; }
dd if=/dev/null of="$p" bs=1 seek=`+strconv.FormatInt(length, 10))
	return err
}

// Times sets access and modification time of a file, each as touch -d takes it; empty leaves one as it is.
func Times(path, access, modification string) error {
	script := mustExist
	if access != "" {
		script += "touch -c -a -d " + quote(access) + ` -- "$p" && `
	}
	if modification != "" {
		script += "touch -c -m -d " + quote(modification) + ` -- "$p" && `
	}
	_, err := shellPath(path, script+":")
	return err
}
