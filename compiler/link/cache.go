package link

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// cache is a folder of files named by the hash of what they are made from. Files appear complete or not at all.
type cache struct{ dir string }

// key hashes parts; the length of each goes in first, so that no two lists give the same bytes.
func key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n", len(p))
		io.WriteString(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))[:40]
}

// path is where the file of that kind and key is or will be.
func (c cache) path(kind, key string) string {
	return filepath.Join(c.dir, kind, key[:2], key[2:])
}

// make returns the path of the cached file and whether it was there; otherwise fill writes it to the path it is given.
func (c cache) make(kind, key, ext string, fill func(tmp string) error) (path string, hit bool, err error) {
	path = c.path(kind, key) + ext
	if _, err := os.Stat(path); err == nil {
		return path, true, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", false, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "tmp-*")
	if err != nil {
		return "", false, err
	}
	defer os.RemoveAll(dir)
	tmp := filepath.Join(dir, "new")
	if err := fill(tmp); err != nil {
		return "", false, err
	}
	if err := os.Rename(tmp, path); err != nil {
		if _, statErr := os.Stat(path); statErr != nil {
			return "", false, err
		}
		return path, true, nil // a folder that another build has put there meanwhile
	}
	return path, false, nil
}
