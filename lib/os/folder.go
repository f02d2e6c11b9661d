//go:build mote

package os

import (
	"internal/bytealg"
	"io"
	"io/fs"
	"slices"
	"syscall"
)

// folderEntry is an entry of a folder.
type folderEntry struct {
	folder string // path of the folder
	name   string
	mode   FileMode // type bits
}

func (e *folderEntry) Name() string   { return e.name }
func (e *folderEntry) IsDir() bool    { return e.mode.IsDir() }
func (e *folderEntry) Type() FileMode { return e.mode }
func (e *folderEntry) String() string { return fs.FormatDirEntry(e) }

// Info describes the entry as it is now.
func (e *folderEntry) Info() (FileInfo, error) { return Lstat(joinPath(e.folder, e.name)) }

func joinPath(dir, name string) string {
	if len(dir) > 0 && dir[len(dir)-1] == PathSeparator {
		return dir + name
	}
	return dir + "/" + name
}

// ReadDir returns the entries of a folder, sorted by name.
func ReadDir(name string) ([]DirEntry, error) {
	fd, err := syscall.Open(name, O_RDONLY, 0)
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	syscall.Close(fd)
	list, err := syscall.ReadFolder(name)
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	entries := make([]DirEntry, len(list))
	slices.SortFunc(list, func(a, b syscall.Dirent) int { return bytealg.CompareString(a.Name, b.Name) })
	for i, e := range list {
		entries[i] = &folderEntry{name, e.Name, modeType(e.Type)}
	}
	return entries, nil
}

// folderRead is the state of reading a folder: the entries that are still to come.
type folderRead struct{ rest []syscall.Dirent }

// nextEntries returns the next n entries of a folder, at the end io.EOF; or all that are left if n is not positive.
func nextEntries(f *File, n int) ([]syscall.Dirent, error) {
	if err := check(f, "readdir"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	x := more(f)
	if x.entries == nil {
		list, err := syscall.ReadFolder(hostName(f))
		if err != nil {
			return nil, &PathError{Op: "readdirent", Path: f.name, Err: err}
		}
		x.entries = &folderRead{list}
	}
	rest := x.entries.rest
	switch {
	case n <= 0:
		n = len(rest)
	case len(rest) == 0:
		return nil, io.EOF
	}
	n = min(n, len(rest))
	x.entries.rest = rest[n:]
	return rest[:n], nil
}

// ReadDir returns up to n entries of the folder f, in no order; all that are left if n is not positive.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	list, err := nextEntries(f, n)
	entries := make([]DirEntry, len(list))
	for i, e := range list {
		entries[i] = &folderEntry{hostName(f), e.Name, modeType(e.Type)}
	}
	return entries, err
}

// Readdir is ReadDir with descriptions; entries that vanish meanwhile are left out.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	list, err := nextEntries(f, n)
	infos := make([]FileInfo, 0, len(list))
	for _, e := range list {
		info, err := Lstat(joinPath(hostName(f), e.Name))
		if IsNotExist(err) {
			continue
		}
		if err != nil {
			return infos, err
		}
		infos = append(infos, info)
	}
	return infos, err
}

// Readdirnames is ReadDir with names only.
func (f *File) Readdirnames(n int) (names []string, err error) {
	if f == nil {
		return nil, ErrInvalid
	}
	list, err := nextEntries(f, n)
	names = make([]string, len(list))
	for i, e := range list {
		names[i] = e.Name
	}
	return names, err
}
