package cache

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func open(t *testing.T) *Cache {
	t.Helper()
	c, err := Open(filepath.Join(t.TempDir(), "cache"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPutThenGet(t *testing.T) {
	c := open(t)
	key := Key("a", "b")
	if _, ok := c.Get("image", key); ok {
		t.Error("an empty cache has the file")
	}
	put, err := c.Put("image", key, func(tmp string) error { return os.WriteFile(tmp, []byte("x"), 0o666) })
	if err != nil {
		t.Fatal(err)
	}
	got, ok := c.Get("image", key)
	if !ok || got != put {
		t.Errorf("Get gives %q, %v, want %q", got, ok, put)
	}
	if data, err := os.ReadFile(got); string(data) != "x" {
		t.Errorf("file has %q, %v", data, err)
	}
	if _, ok := c.Get("other", key); ok {
		t.Error("kinds share files")
	}
}

func TestFailedPutLeavesNothing(t *testing.T) {
	c := open(t)
	key, fail := Key("a"), errors.New("no")
	_, err := c.Put("image", key, func(tmp string) error {
		if err := os.WriteFile(tmp, []byte("half"), 0o666); err != nil {
			return err
		}
		return fail
	})
	if !errors.Is(err, fail) {
		t.Errorf("Put gives %v, want %v", err, fail)
	}
	if _, ok := c.Get("image", key); ok {
		t.Error("a failed Put left a file")
	}
	if entries, _ := os.ReadDir(filepath.Dir(c.path("image", key))); len(entries) != 0 {
		t.Errorf("a failed Put left %v", entries)
	}
}

func TestConcurrentPuts(t *testing.T) {
	c := open(t)
	key, text := Key("a"), strings.Repeat("x", 1<<16)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			path, err := c.Put("image", key, func(tmp string) error { return os.WriteFile(tmp, []byte(text), 0o666) })
			if err != nil {
				t.Error(err)
				return
			}
			if data, _ := os.ReadFile(path); string(data) != text {
				t.Errorf("read %d bytes, want %d", len(data), len(text))
			}
		})
	}
	wg.Wait()
}

func TestTrim(t *testing.T) {
	c := open(t)
	now := time.Now()
	put := func(key string, age time.Duration) string {
		t.Helper()
		path, err := c.Put("image", key, func(tmp string) error { return os.WriteFile(tmp, nil, 0o666) })
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old, recent, revived := put(Key("old"), 6*24*time.Hour), put(Key("recent"), 3*24*time.Hour), put(Key("revived"), 6*24*time.Hour)
	others := filepath.Join(c.Dir(), "lib", "0123456789", "file")
	if err := os.MkdirAll(filepath.Dir(others), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(others, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(others, now.Add(-1000*time.Hour), now.Add(-1000*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Get("image", Key("revived")); !ok {
		t.Fatal("a file is gone before the trim")
	}
	c.trim(now.Add(time.Hour)) // Put has done it for today
	if _, err := os.Stat(old); err != nil {
		t.Error("a second trim on one day")
	}
	c.trim(now.Add(25 * time.Hour))
	for path, want := range map[string]bool{old: false, recent: true, revived: true, others: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: there is %v, want %v", path, err == nil, want)
		}
	}
}

func TestKeysDiffer(t *testing.T) {
	lists := [][]string{{}, {""}, {"a", "b"}, {"ab"}, {"", "ab"}, {"ab", ""}, {"a\n1\nb"}}
	seen := make(map[string]int)
	for i, list := range lists {
		if j, ok := seen[Key(list...)]; ok {
			t.Errorf("%q and %q have one key", list, lists[j])
		}
		seen[Key(list...)] = i
	}
}

func TestRemove(t *testing.T) {
	c := open(t)
	if err := Remove(c.Dir()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.Dir()); !os.IsNotExist(err) {
		t.Error("the cache is still there")
	}
	if err := Remove(c.Dir()); err != nil {
		t.Errorf("removing no cache: %v", err)
	}
	other := t.TempDir()
	if err := Remove(other); err == nil {
		t.Error("a folder that is no cache was removed")
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

func TestDir(t *testing.T) {
	t.Setenv("MOTE_CACHE", "/some/where/")
	if dir, err := Dir(); err != nil || dir != "/some/where" {
		t.Errorf("got %q, %v", dir, err)
	}
	t.Setenv("MOTE_CACHE", "relative")
	if _, err := Dir(); err == nil {
		t.Error("a relative MOTE_CACHE is accepted")
	}
	t.Setenv("MOTE_CACHE", "")
	t.Setenv("XDG_CACHE_HOME", "/xdg")
	if dir, err := Dir(); err != nil || dir != "/xdg/mote" {
		t.Errorf("got %q, %v", dir, err)
	}
}
