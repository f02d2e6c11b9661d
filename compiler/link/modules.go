package link

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// modules compiles each module to bitcode with a ThinLTO summary and returns the objects in the order of Config.Modules.
func (l *linker) modules() ([]string, error) {
	args := append([]string{"--target=" + l.Target.Triple}, l.Target.CFlags...)
	args = append(args, "-x", "ir", "-O"+l.Opt, "-flto=thin", "-Wno-override-module", "-c", "-")
	objects := make([]string, len(l.Modules))
	err := l.parallel(len(l.Modules), func(i int) (bool, error) {
		m := l.Modules[i]
		k := key(append([]string{l.tools.clang.version, string(m.IR)}, args...)...)
		path, hit, err := l.cache.make("bc", k, ".bc", func(tmp string) error {
			out, err := run(l.ctx, l.print, l.tools.clang, m.IR, append(args, "-o", tmp)...)
			if err != nil {
				return l.rejected(m, out, err)
			}
			return nil
		})
		objects[i] = path
		return hit, err
	})
	return objects, err
}

// rejected reports IR that clang does not accept, which is a fault of the compiler, and keeps it for a look.
func (l *linker) rejected(m Module, out string, err error) error {
	kept := filepath.Join(l.CacheDir, "rejected-"+strings.ReplaceAll(m.Name, "/", ".")+".ll")
	if os.WriteFile(kept, m.IR, 0o666) != nil {
		kept = "(not kept)"
	}
	return fmt.Errorf("internal error: clang-19 rejects the IR of package %s, kept in %s: %w\n%s", m.Name, kept, err, firstLines(out, 6))
}

func firstLines(s string, n int) string {
	lines := strings.SplitAfterN(strings.TrimSpace(s), "\n", n+1)
	if len(lines) > n {
		lines = lines[:n]
	}
	return strings.TrimRight(strings.Join(lines, ""), "\n")
}

// parallel calls f(0) to f(n-1), Jobs at a time, counts cache hits in the step, and returns the first error by index.
func (l *linker) parallel(n int, f func(i int) (hit bool, err error)) error {
	errs := make([]error, n)
	hits := make([]bool, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(l.Jobs, n) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				hits[i], errs[i] = f(i)
			}
		}()
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range n {
		if errs[i] != nil {
			return errs[i]
		}
		if hits[i] {
			l.step.Cached++
		} else {
			l.step.Ran++
		}
	}
	return nil
}
