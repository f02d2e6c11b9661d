package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Reader reads a group's files again and again without allocating. It is not for use by several goroutines at a time.
type Reader struct {
	version  Version
	levels   []level
	pressure *os.File // nil where the kernel has none
	weight   *os.File
	buffer   [1024]byte // the longest, cpu.stat, has some 400 bytes
	second   [32]byte   // the period of version 1's pair
}

// level is one directory of the path.
type level struct {
	quota, period, stat *os.File // period in version 1 only
	limited             bool     // as of the last Quota
}

// Open opens the group's files, and those of pressure below root: the group's own if it has one, else the system's.
func (g Group) Open(root string) (*Reader, error) {
	r := &Reader{version: g.Version}
	for _, dir := range g.Levels {
		if err := r.openLevel(dir); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	if len(g.Levels) > 0 {
		r.weight = openOptional(filepath.Join(g.Levels[0], weightFile(g.Version)))
		r.pressure = r.openPressure(filepath.Join(g.Levels[0], "cpu.pressure"))
	}
	if r.pressure == nil {
		r.pressure = r.openPressure(filepath.Join(root, "proc/pressure/cpu"))
	}
	return r, nil
}

func weightFile(v Version) string {
	if v == V1 {
		return "cpu.shares"
	}
	return "cpu.weight"
}

func (r *Reader) openLevel(dir string) error {
	quota, period := "cpu.max", ""
	if r.version == V1 {
		quota, period = "cpu.cfs_quota_us", "cpu.cfs_period_us"
	}
	var l level
	var err error
	if l.quota, err = os.Open(filepath.Join(dir, quota)); err != nil {
		return err
	}
	if period != "" {
		if l.period, err = os.Open(filepath.Join(dir, period)); err != nil {
			return errors.Join(err, l.quota.Close())
		}
	}
	l.stat = openOptional(filepath.Join(dir, "cpu.stat"))
	r.levels = append(r.levels, l)
	return nil
}

// openPressure opens the file only if it can be read: with psi=0 it is there and refuses.
func (r *Reader) openPressure(name string) *os.File {
	f := openOptional(name)
	if f == nil {
		return nil
	}
	if _, err := readPressure(f, r.buffer[:]); err != nil {
		f.Close()
		return nil
	}
	return f
}

func openOptional(name string) *os.File {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	return f
}

// Close closes the files.
func (r *Reader) Close() error {
	var errs []error
	for _, l := range r.levels {
		errs = append(errs, closeAll(l.quota, l.period, l.stat))
	}
	errs = append(errs, closeAll(r.pressure, r.weight))
	r.levels, r.pressure, r.weight = nil, nil, nil
	return errors.Join(errs...)
}

func closeAll(files ...*os.File) error {
	var errs []error
	for _, f := range files {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

// Quota reads the tightest limit along the path.
func (r *Reader) Quota() (Quota, error) {
	var least Quota
	for i := range r.levels {
		q, err := r.levels[i].readQuota(r)
		if err != nil {
			return Quota{}, err
		}
		r.levels[i].limited = q.Limited()
		if q.Less(least) {
			least = q
		}
	}
	return least, nil
}

func (l *level) readQuota(r *Reader) (Quota, error) {
	b, err := readAt(l.quota, r.buffer[:])
	if err != nil {
		return Quota{}, err
	}
	var q Quota
	if l.period == nil {
		q, err = ParseMax(b)
	} else {
		var period []byte
		if period, err = readAt(l.period, r.second[:]); err != nil {
			return Quota{}, err
		}
		q, err = ParseCFS(b, period)
	}
	if err != nil {
		return Quota{}, fmt.Errorf("%s: %w", l.quota.Name(), err)
	}
	return q, nil
}

// Stat sums the throttling over the levels that had a limit when Quota was last called: each counts only what its own limit did. Periods
// are those of the level that had most. Without a limit the zero Stat is returned.
func (r *Reader) Stat() (Stat, error) {
	var sum Stat
	for i := range r.levels {
		l := &r.levels[i]
		if !l.limited || l.stat == nil {
			continue
		}
		b, err := readAt(l.stat, r.buffer[:])
		if err != nil {
			return Stat{}, err
		}
		s, err := ParseStat(b)
		if err != nil {
			return Stat{}, fmt.Errorf("%s: %w", l.stat.Name(), err)
		}
		sum.Periods = max(sum.Periods, s.Periods)
		sum.Throttled += s.Throttled
		sum.Time += s.Time
		sum.Bandwidth = sum.Bandwidth || s.Bandwidth
	}
	return sum, nil
}

// ErrNoPressure says that the kernel has no pressure stall information.
var ErrNoPressure = errors.New("no pressure stall information")

// Pressure reads the group's totals, or the system's where groups have none (version 1).
func (r *Reader) Pressure() (Pressure, error) {
	if r.pressure == nil {
		return Pressure{}, ErrNoPressure
	}
	return readPressure(r.pressure, r.buffer[:])
}

func readPressure(f *os.File, buffer []byte) (Pressure, error) {
	b, err := readAt(f, buffer)
	if err != nil {
		return Pressure{}, err
	}
	p, err := ParsePressure(b)
	if err != nil {
		return Pressure{}, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return p, nil
}

// Weight reads the group's share relative to an ordinary group, see ParseWeight. It is 1 where the group has none.
func (r *Reader) Weight() (float64, error) {
	if r.weight == nil {
		return 1, nil
	}
	b, err := readAt(r.weight, r.buffer[:])
	if err != nil {
		return 0, err
	}
	w, err := ParseWeight(b, r.version)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", r.weight.Name(), err)
	}
	return w, nil
}
