package command

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"mote/debug/trace"
)

// resolve copies a device's output from r to w, with the raw addresses of its traces turned into functions, files and
// lines of the image elf.
func resolve(w io.Writer, r io.Reader, elf string) (err error) {
	out, done, err := resolving(w, elf)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := done(); err == nil {
			err = closeErr
		}
	}()
	_, err = io.Copy(out, r)
	return err
}

// resolving is resolve for a writer; done writes what is held back and must be called.
func resolving(w io.Writer, elf string) (out io.Writer, done func() error, err error) {
	img, err := trace.Open(elf)
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.Getwd()
	if err != nil {
		img.Close()
		return nil, nil, err
	}
	filter := trace.NewWriter(w, img, dir)
	return filter, func() error {
		err := filter.Close()
		img.Close()
		return err
	}, nil
}

// traceFile is `mote build -trace`: it resolves the output in the file log, "-" for standard input, with the image given in place of
// the package, else with that of the package.
func (b *buildFlags) traceFile(ctx context.Context, io Streams, log string, args []string) error {
	elf := ""
	if len(args) == 1 && filepath.Ext(args[0]) == ".elf" {
		elf = args[0]
	} else {
		img, _, err := b.build(ctx, io, args)
		if err != nil {
			return err
		}
		elf = img.Path
	}
	in := io.In
	if log != "-" {
		f, err := os.Open(log)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	return resolve(io.Out, in, elf)
}
