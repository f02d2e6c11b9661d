package cache

import (
	"os"
	"path/filepath"
	"time"
)

// As in the go command's cache: looking at the times of files is done once a day, a use is noted once an hour, and
// what nobody used for five days goes.
const (
	trimInterval = 24 * time.Hour
	useInterval  = time.Hour
	keepUnused   = 5 * 24 * time.Hour
)

// trimFile is the file whose time is that of the last trim.
const trimFile = "trim"

// used notes that the file is in use. It is no harm if that fails.
func used(path string, info os.FileInfo, now time.Time) {
	if now.Sub(info.ModTime()) > useInterval {
		os.Chtimes(path, now, now)
	}
}

// trim removes the files of Put that were not used for long, if it was not done lately. Files of others below the same folder
// (the port's sources, the link stage's objects) have another layout and stay.
func (c *Cache) trim(now time.Time) {
	marker := filepath.Join(c.dir, trimFile)
	if info, err := os.Stat(marker); err == nil && now.Sub(info.ModTime()) < trimInterval {
		return
	}
	if err := os.WriteFile(marker, nil, 0o666); err != nil {
		return
	}
	os.Chtimes(marker, now, now)
	files, err := filepath.Glob(filepath.Join(c.dir, "*", "[0-9a-f][0-9a-f]", "*"))
	if err != nil {
		return
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > keepUnused {
			os.Remove(name)
		}
	}
}
