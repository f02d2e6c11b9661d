//go:build mote

package os

import (
	"io"
	"io/fs"
)

// CopyFS copies the files of fsys below dir, which it makes if need be. Files that are there already are an error.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := joinPath(dir, path)
		switch d.Type() {
		case ModeDir:
			return MkdirAll(target, 0o777)
		case ModeSymlink:
			link, err := fs.ReadLink(fsys, path)
			if err != nil {
				return err
			}
			return Symlink(link, target)
		case 0:
			return copyFile(target, fsys, path)
		}
		return &PathError{Op: "CopyFS", Path: path, Err: ErrInvalid}
	})
}

func copyFile(target string, fsys fs.FS, path string) error {
	from, err := fsys.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := OpenFile(target, O_CREATE|O_EXCL|O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		return &PathError{Op: "Copy", Path: target, Err: err}
	}
	return to.Close()
}
