package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// State is what a device remembers of the bundles that it has accepted, by product. It must survive restarts, and an attacker who can reset it can
// bring back an old bundle until that expires.
type State map[string]Seen

// Seen is the latest bundle of a product.
type Seen struct {
	Version uint64    `json:"version"`
	Files   string    `json:"files"`  // SHA-256 over its subjects: a version has one content
	Issued  time.Time `json:"issued"` // the latest of all accepted; the device's clock cannot be before it
}

// ReadState reads a state file. One that is not there is the state of a new device.
func ReadState(name string) (State, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err != nil {
		return nil, err
	}
	s := State{}
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// WriteState replaces a state file; after a power failure either the old or the new one is there.
func WriteState(name string, s State) error {
	text, err := json.MarshalIndent(s, "", "\t")
	if err != nil {
		return err
	}
	return replace(name, append(text, '\n'), 0o600)
}

// replace writes a file beside name, and renames it when it is on the disk.
func replace(name string, data []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// Accept returns the state after a bundle that Check has accepted.
func (s State) Accept(r *Report) State {
	next := State{}
	for name, seen := range s {
		next[name] = seen
	}
	old := s[r.Release.Name]
	seen := Seen{Version: r.Release.Version, Files: r.Files, Issued: r.Release.Issued}
	if old.Issued.After(seen.Issued) {
		seen.Issued = old.Issued
	}
	next[r.Release.Name] = seen
	return next
}

// check refuses a release that would go back, or whose time is over or has not come.
func (s State) check(r *Release, files string, now time.Time) error {
	seen := s[r.Name]
	floor := r.Issued
	if seen.Issued.After(floor) {
		floor = seen.Issued
	}
	switch {
	case r.Version < seen.Version:
		return refuse(CodeRollback, EnvelopeFile, "version %d of %s is older than version %d, which the device has run", r.Version, r.Name, seen.Version)
	case r.Version == seen.Version && files != seen.Files:
		return refuse(CodeRollback, EnvelopeFile, "version %d of %s has other files than when the device last ran it", r.Version, r.Name)
	case now.Before(floor):
		return refuse(CodeClock, EnvelopeFile, "the clock says %s, but a bundle was signed at %s", stamp(now), stamp(floor))
	case !now.Before(r.Expires):
		return refuse(CodeExpired, EnvelopeFile, "version %d of %s has expired at %s; the clock says %s", r.Version, r.Name, stamp(r.Expires), stamp(now))
	}
	return nil
}
