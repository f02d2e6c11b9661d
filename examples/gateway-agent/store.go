package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// maxKeys bounds the store: a device has little room.
const maxKeys = 1000

// Errors of the store.
var (
	errKey      = errors.New("a key has 1 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or digit")
	errNotFound = errors.New("there is no value for the key")
	errFull     = errors.New("the store is full")
)

// store keeps each value in a file of its own, named by the key. A value is replaced as a whole: after a power failure there is the old or the new one.
type store struct {
	dir string
	mu  sync.Mutex // one writer at a time
}

func openStore(dir string) (*store, error) {
	s := &store{dir: filepath.Join(dir, "values")}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return s, nil
}

// path is the file of a key.
func (s *store) path(key string) (string, error) {
	if len(key) == 0 || len(key) > 64 || key[0] == '.' || key[0] == '-' || key[0] == '_' {
		return "", errKey
	}
	for _, c := range []byte(key) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '.' && c != '-' && c != '_' {
			return "", errKey
		}
	}
	return filepath.Join(s.dir, key), nil
}

func (s *store) get(key string) ([]byte, error) {
	name, err := s.path(key)
	if err != nil {
		return nil, err
	}
	value, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNotFound
	}
	return value, err
}

func (s *store) put(key string, value []byte) error {
	name, err := s.path(key)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	keys, err := s.keys()
	if err != nil {
		return err
	}
	if len(keys) >= maxKeys {
		return errFull
	}
	return replace(name, value)
}

// replace writes a file beside name and renames it when it is on the disk.
func replace(name string, value []byte) error {
	tmp := filepath.Join(filepath.Dir(name), ".new")
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(value)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(tmp, name)
}

func (s *store) remove(key string) error {
	name, err := s.path(key)
	if err != nil {
		return err
	}
	err = os.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return errNotFound
	}
	return err
}

// keys are all keys, sorted.
func (s *store) keys() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for _, e := range entries {
		if e.Name()[0] != '.' {
			keys = append(keys, e.Name())
		}
	}
	return keys, nil
}
