package link

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// natives compiles the port's assembly and C helpers. They are ordinary objects, not bitcode: their symbols (memcpy,
// __aeabi_ddiv) are asked for by code generation, after link-time optimisation has decided what it sees.
func (l *linker) natives() ([]string, error) {
	dir, sources, err := l.unpack()
	if err != nil {
		return nil, err
	}
	objects := make([]string, len(sources))
	err = l.parallel(len(sources), func(i int) (hit bool, err error) {
		objects[i], hit, err = l.native(dir, sources[i])
		return hit, err
	})
	return objects, err
}

// unpack writes the port's sources and headers to a folder of the cache, named by their hash, and lists those to compile.
func (l *linker) unpack() (dir string, sources []string, err error) {
	files := map[string][]byte{}
	for _, root := range []string{"runtime/asm", "builtins"} {
		if err := l.collect(root, files); err != nil {
			return "", nil, err
		}
	}
	var names, parts []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		parts = append(parts, name, string(files[name]))
	}
	dir, _, err = l.cache.make("src", key(parts...), "", func(tmp string) error { return writeFiles(tmp, files) })
	if err != nil {
		return "", nil, err
	}
	return dir, l.sources(names, files), nil
}

func writeFiles(dir string, files map[string][]byte) error {
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func (l *linker) collect(root string, files map[string][]byte) error {
	if l.Lib == nil {
		return nil
	}
	if _, err := fs.Stat(l.Lib, root); err != nil {
		return nil // a port without helpers, as in tests
	}
	return fs.WalkDir(l.Lib, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".c", ".h", ".S", ".txt":
			files[name], err = fs.ReadFile(l.Lib, name)
		}
		return err
	})
}

// sources lists the assembly that the target's patterns name and the helpers that builtins/<GOARCH>.txt lists.
func (l *linker) sources(names []string, files map[string][]byte) []string {
	var list []string
	for _, name := range names {
		for _, pattern := range l.Target.Startup {
			if ok, _ := path.Match("runtime/asm/"+pattern, name); ok {
				list = append(list, name)
			}
		}
	}
	for _, line := range strings.Split(string(files["builtins/"+l.Target.GOARCH+".txt"]), "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list = append(list, "builtins/"+line)
		}
	}
	return list
}

// native compiles one source. The key has the whole folder's name in it, which is the hash of every source and header.
func (l *linker) native(dir, source string) (object string, hit bool, err error) {
	args := append([]string{"--target=" + l.Target.Triple}, l.Target.CFlags...)
	args = append(args, "-O"+l.Opt, "-g", "-ffreestanding", "-fno-builtin", "-ffunction-sections", "-fdata-sections", "-fomit-frame-pointer",
		"-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-nostdlibinc", "-ffile-prefix-map="+dir+"=mote/lib",
		"-working-directory="+dir, "-c", source)
	if strings.HasPrefix(source, "runtime/asm/") { // helpers are shared by all boards with the same flags
		args = append(args, fmt.Sprintf("-DMOTE_IRQS=%d", l.Target.IRQs))
	}
	if l.Target.Cores > 1 {
		args = append(args, fmt.Sprintf("-DMOTE_CORES=%d", l.Target.Cores))
	}
	k := key(append([]string{l.tools.clang.version}, args...)...)
	return l.cache.make("o", k, ".o", func(tmp string) error {
		out, err := run(l.ctx, l.print, l.tools.clang, nil, append(args, "-o", tmp)...)
		if err != nil {
			return fmt.Errorf("internal error: compiling lib/%s: %w\n%s", source, err, firstLines(out, 10))
		}
		return nil
	})
}
