package load

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Sum hashes everything that Load makes the program from: names and contents of all source files and embedded files, the machine, the
// build tags and the values of -X. Programs with the same sum are the same.
func (s *Listing) Sum() (string, error) {
	h := sha256.New()
	cfg := s.l.cfg
	fmt.Fprintf(h, "%q %q %q %q\n", cfg.GOOS, cfg.GOARCH, cfg.tags(), s.l.release)
	for _, name := range slices.Sorted(maps.Keys(cfg.Vars)) {
		fmt.Fprintf(h, "-X %q %q\n", name, cfg.Vars[name])
	}
	for _, u := range s.l.units {
		fmt.Fprintf(h, "package %q %q %q\n", u.list.ImportPath, u.list.Name, goVersion(u.list))
		for _, name := range slices.Concat(u.list.GoFiles, u.list.EmbedFiles) {
			if err := sumFile(h, s.l.sourceOf(u, name)); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sourceOf returns the name of the file to read for a file of u.
func (l *loader) sourceOf(u *unit, name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(u.list.Dir, filepath.FromSlash(name))
	}
	return l.overlay.source(name)
}

func sumFile(h hash.Hash, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "file %q %d\n", name, info.Size()) // the name is in messages and debug information
	_, err = io.Copy(h, f)
	return err
}
