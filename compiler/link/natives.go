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

// natives compiles the port's assembly and C helpers, and the vector table. They are ordinary objects, not bitcode: their
// symbols (memcpy, __aeabi_ddiv) are asked for by code generation, after link-time optimisation has decided what it sees.
// startup must be linked; rest is linked as needed.
func (l *linker) natives() (startup, rest []string, err error) {
	dir, sources, err := l.unpack()
	if err != nil {
		return nil, nil, err
	}
	vectors := filepath.Join(dir, "vectors.S")
	if err := os.WriteFile(vectors, []byte(vectorTable(l.Target)), 0o666); err != nil {
		return nil, nil, err
	}
	sources = append([]string{"vectors.S"}, sources...)
	objects := make([]string, len(sources))
	err = l.parallel(len(sources), func(i int) (hit bool, err error) {
		objects[i], hit, err = l.native(dir, sources[i])
		return hit, err
	})
	if err != nil {
		return nil, nil, err
	}
	return objects[:1], objects[1:], nil
}

// unpack writes the sources that this target needs to a folder of the cache and lists those to compile.
func (l *linker) unpack() (dir string, sources []string, err error) {
	files := map[string][]byte{}
	for _, root := range []string{"runtime/asm", "builtins"} {
		if err := l.collect(root, files); err != nil {
			return "", nil, err
		}
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	parts := []string{l.Target.Name, vectorTable(l.Target)}
	for _, name := range names {
		parts = append(parts, name, string(files[name]))
		if l.compiles(name) {
			sources = append(sources, name)
		}
	}
	dir = l.cache.path("src", key(parts...))
	for _, name := range names {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return "", nil, err
		}
		if err := os.WriteFile(to, files[name], 0o666); err != nil {
			return "", nil, err
		}
	}
	return dir, sources, os.MkdirAll(dir, 0o777)
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
		case ".c", ".h", ".S", ".inc":
			files[name], err = fs.ReadFile(l.Lib, name)
		}
		return err
	})
}

// compiles says whether name is a source of this target: every helper, and the assembly that the target's patterns name.
func (l *linker) compiles(name string) bool {
	if ext := path.Ext(name); ext != ".c" && ext != ".S" {
		return false
	}
	if !strings.HasPrefix(name, "runtime/asm/") {
		return true
	}
	for _, pattern := range l.Target.Startup {
		if ok, _ := path.Match("runtime/asm/"+pattern, name); ok {
			return true
		}
	}
	return false
}

// native compiles one source. The key has the whole folder's name in it, which is the hash of every source and header.
func (l *linker) native(dir, source string) (object string, hit bool, err error) {
	args := append([]string{"--target=" + l.Target.Triple}, l.Target.CFlags...)
	args = append(args, "-O"+l.Opt, "-g", "-ffreestanding", "-fno-builtin", "-ffunction-sections", "-fdata-sections", "-fomit-frame-pointer",
		"-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-nostdlibinc", "-Ibuiltins", "-ffile-prefix-map="+dir+"=mote/lib",
		fmt.Sprintf("-DMOTE_FPU=%d", btoi(l.Target.HardFloat)), fmt.Sprintf("-DMOTE_ATOMICS=%d", btoi(l.Target.Atomics)),
		"-working-directory="+dir, "-c", source)
	k := key(append([]string{l.tools.clang.version}, args...)...)
	return l.cache.make("o", k, ".o", func(tmp string) error {
		out, err := run(l.ctx, l.print, l.tools.clang, nil, append(args, "-o", tmp)...)
		if err != nil {
			return fmt.Errorf("internal error: compiling lib/%s: %v\n%s", source, err, firstLines(out, 10))
		}
		return nil
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
