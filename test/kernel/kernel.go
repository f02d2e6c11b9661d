// Package kernel measures the real-time kernel: instructions executed in the emulator, and bytes of flash.
//
// A row of the table is a program in testdata that marks the operation (testdata/mark), or something that is read off images. Rows have a
// bar, and next to it what FreeRTOS and ThreadX need for the same on the same machine. kernel.txt has what was last accepted for each; the
// test fails above that, and above the bar unless the file says why the row misses it. Start reading at Rows; runner/ prints
// the table and writes it as JSON.
package kernel

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"mote/compiler"
	"mote/emulator"
	"mote/internal/cache"
	"mote/target"
)

// Board is what everything is measured on.
const Board = "mps2-an385"

// timeLimit ends programs that hang.
const timeLimit = 5 * time.Minute

// NoBar is the bar of what is only compared.
const NoBar = -1

// Row is something measured.
type Row struct {
	Name              string // in kernel.txt and kernel.json
	What              string
	Unit              string
	Bar               int64 // 0: none
	FreeRTOS, ThreadX int64 // 0: not known
	measure           func(*Bench) (int64, error)
}

// Measure takes the row's value.
func (r Row) Measure(b *Bench) (int64, error) {
	value, err := r.measure(b)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", r.Name, err)
	}
	return value, nil
}

// Bench builds and runs the programs.
type Bench struct {
	dir   string // testdata
	board *target.Target
	cache *cache.Cache
	store string // folder of the cache
}

// New makes a bench; programs and plugins go into mote's cache.
func New() (*Bench, error) {
	board, err := target.Load(Board)
	if err != nil {
		return nil, err
	}
	folder, err := cache.Dir()
	if err != nil {
		return nil, err
	}
	store, err := cache.Open(folder)
	if err != nil {
		return nil, err
	}
	_, file, _, _ := runtime.Caller(0)
	return &Bench{dir: filepath.Join(filepath.Dir(file), "testdata"), board: board, cache: store, store: folder}, nil
}

// image builds the program in a folder of testdata.
func (b *Bench) image(program, opt string) (*compiler.Image, error) {
	dir := filepath.Join(b.dir, filepath.FromSlash(program))
	return compiler.Build(context.Background(), compiler.Config{Target: b.board, Dir: dir, Opt: opt, Cache: b.cache})
}

// region counts what a program executes between the markers.
func (b *Bench) region(program string) (emulator.Region, error) {
	img, err := b.image(program, "2")
	if err != nil {
		return emulator.Region{}, err
	}
	counts, res, err := emulator.Count(context.Background(), emulator.Config{Target: b.board, ELF: img.Path, Timeout: timeLimit}, b.store)
	switch {
	case err != nil:
		return emulator.Region{}, err
	case res.ExitCode != 0:
		return emulator.Region{}, fmt.Errorf("exit status %d", res.ExitCode)
	case counts.Region.Passes == 0:
		return emulator.Region{}, fmt.Errorf("the program passed no markers")
	}
	return counts.Region, nil
}

// operation is the median of the passes of program: what an operation takes when no tick falls into it.
func operation(program string) func(*Bench) (int64, error) {
	return func(b *Bench) (int64, error) {
		r, err := b.region(program)
		return int64(r.Median), err
	}
}

// iteration is the one pass of a Thread-Metric program, divided by its iterations and rounded up.
func iteration(program string, iterations int64) func(*Bench) (int64, error) {
	return func(b *Bench) (int64, error) {
		r, err := b.region("metric/" + program)
		return (int64(r.Total) + iterations - 1) / iterations, err
	}
}
