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
	tmp := fmt.Sprintf("%s.%d.tmp", path, os.Getpid())
	if err := fill(tmp); err != nil {
		os.Remove(tmp)
		return "", false, err
	}
	if err := os.Rename(tmp, path); err != nil {
		os.RemoveAll(tmp)
		if _, statErr := os.Stat(path); statErr != nil {
			return "", false, err
		}
		return path, true, nil // a folder that another process has put there meanwhile
	}
	return path, false, nil
}

// copyFile copies an image out of the cache, replacing to in one step.
func copyFile(to, from string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	tmp := fmt.Sprintf("%s.%d.tmp", to, os.Getpid())
	dst, err := os.Create(tmp)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		dst.Close()
		os.Remove(tmp)
		return err
	}
	if err := dst.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, to)
}
