package suite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// WriteFiles writes the result to a directory, which is made if need be: guard-load.json has a number a line, guard-bench.json all that was measured, and
// guard-*.svg are plots. Each file is complete or as it was before.
func (r *Result) WriteFiles(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	var lines bytes.Buffer
	if err := r.WriteLines(&lines); err != nil {
		return err
	}
	all, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	files, err := r.plots()
	if err != nil {
		return err
	}
	files["guard-load.json"], files["guard-bench.json"] = lines.Bytes(), append(all, '\n')
	for name, data := range files {
		if err := replace(filepath.Join(dir, name), data); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file under another name and renames it.
func replace(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if e := temp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(temp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		os.Remove(temp.Name())
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
