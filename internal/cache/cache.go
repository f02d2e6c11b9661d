// Package cache keeps what builds have made, by the hash of what it was made from.
//
// A file appears in the cache complete or not at all, and is not changed after; several processes may use one cache at a time.
// What is not used for some days is removed, and `mote clean` removes all. Start reading at Open.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Dir is the user's cache folder: MOTE_CACHE, else "mote" in the folder that the system has for caches.
func Dir() (string, error) {
	if dir := os.Getenv("MOTE_CACHE"); dir != "" {
		if !filepath.IsAbs(dir) {
			return "", fmt.Errorf("MOTE_CACHE is %q, and must be an absolute path", dir)
		}
		return filepath.Clean(dir), nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no place for the cache: %w; set MOTE_CACHE", err)
	}
	return filepath.Join(dir, "mote"), nil
}

// tagFile marks a folder as a cache, for backup programs and for Remove (https://bford.info/cachedir).
const (
	tagFile = "CACHEDIR.TAG"
	tagText = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is the cache of mote; `mote clean` removes it.\n"
)

// Cache is a folder of files named by kind and key.
type Cache struct{ dir string }

// Open makes the folder if it is not there.
func Open(dir string) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	tag := filepath.Join(dir, tagFile)
	if _, err := os.Stat(tag); os.IsNotExist(err) {
		if err := os.WriteFile(tag, []byte(tagText), 0o666); err != nil {
			return nil, err
		}
	}
	return &Cache{dir}, nil
}

// Dir is the folder of the cache.
func (c *Cache) Dir() string { return c.dir }

// Key hashes a list of texts; different lists have different keys.
func Key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n", len(p))
		io.WriteString(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Get returns the file of that kind and key, if it is there.
func (c *Cache) Get(kind, key string) (path string, ok bool) {
	path = c.path(kind, key)
	info, err := os.Stat(path)
	if err != nil {
		return path, false
	}
	used(path, info, time.Now())
	return path, true
}

// Put has fill write the file of that kind and key under a temporary name and returns where it then is. When fill fails
// nothing stays behind.
func (c *Cache) Put(kind, key string, fill func(tmp string) error) (path string, err error) {
	path = c.path(kind, key)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	tmp := filepath.Join(dir, filepath.Base(path))
	if err := fill(tmp); err != nil {
		return "", err
	}
	c.trim(time.Now())
	return path, os.Rename(tmp, path)
}

// path spreads the files over folders, as no file system likes very long ones.
func (c *Cache) path(kind, key string) string {
	return filepath.Join(c.dir, kind, key[:2], key[2:])
}

// Remove deletes the cache in dir. A folder that is there but was not made by Open is an error, so that a mistyped MOTE_CACHE does no harm.
func Remove(dir string) error {
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return nil
	}
	tag, err := os.ReadFile(filepath.Join(dir, tagFile))
	if err != nil || string(tag) != tagText {
		return fmt.Errorf("%s has no file %s, so it is not a cache of mote and is left alone", dir, tagFile)
	}
	return os.RemoveAll(dir)
}
