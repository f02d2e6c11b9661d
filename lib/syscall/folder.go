//go:build mote

package syscall

// newName prefixes scripts that make $p: tools would put a new entry into a folder of that name.
const newName = `if [ -e "$p" ] || [ -L "$p" ]; then echo ": File exists"; exit 1; fi; `

// mustExist prefixes scripts whose tools do not tell why there is nothing at $p.
const mustExist = `ls -d -- "$p" >/dev/null || exit 1; `

// Mkdir makes a folder. The host's umask applies to mode.
func Mkdir(path string, mode uint32) error {
	script := `mkdir -- "$p"`
	if mode &= 0o7777; mode != 0o777 {
		script = `mkdir -m "$(printf %o $(( ` + octal(mode) + ` & ~0$(umask) )))" -- "$p"`
	}
	_, err := shellPath(path, script)
	return err
}

// RemoveTree removes a file, or a folder with all that is in it. Nothing at path is no error.
func RemoveTree(path string) error {
	_, err := shellPath(path, `rm -rf -- "$p"`)
	return err
}

// listScript prints for each entry of folder $p a letter for its type, its name and a NUL. The shell alone does it, so names may
// hold anything.
const listScript = `[ -d "$p" ] || { echo ": Not a directory"; exit 1; }
[ -r "$p" ] && [ -x "$p" ] || { echo ": Permission denied"; exit 1; }
for f in "$p"/.[!.]* "$p"/..?* "$p"/*; do
if [ -L "$f" ]; then t=l; elif [ -f "$f" ]; then t=f; elif [ -d "$f" ]; then t=d; elif [ -c "$f" ]; then t=c
elif [ -b "$f" ]; then t=b; elif [ -p "$f" ]; then t=p; elif [ -S "$f" ]; then t=s; elif [ -e "$f" ]; then t='?'; else continue; fi
printf '%s%s\000' "$t" "${f##*/}"
done`

// Dirent is an entry of a folder.
type Dirent struct {
	Name string
	Type uint32 // S_IFMT bits of the mode
}

// ReadFolder lists a folder in no particular order, without "." and "..".
func ReadFolder(path string) ([]Dirent, error) {
	list, err := shellPath(path, mustExist+listScript)
	if err != nil {
		return nil, err
	}
	var entries []Dirent
	for start, i := 0, 0; i < len(list); i++ {
		if list[i] == 0 {
			entries = append(entries, Dirent{string(list[start+1 : i]), typeOf(list[start])})
			start = i + 1
		}
	}
	return entries, nil
}

func typeOf(letter byte) uint32 {
	switch letter {
	case 'l':
		return S_IFLNK
	case 'f':
		return S_IFREG
	case 'd':
		return S_IFDIR
	case 'c':
		return S_IFCHR
	case 'b':
		return S_IFBLK
	case 'p':
		return S_IFIFO
	case 's':
		return S_IFSOCK
	}
	return 0
}
