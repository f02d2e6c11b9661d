package command

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"

	"mote/compiler"
	"mote/image"
	"mote/target"
)

func buildCommand() command {
	return command{
		name:     "build",
		synopsis: "[flags] [package | files.go... | image.elf]",
		short:    "Compile a program into an image",
		setup: func(fs *flag.FlagSet) runner {
			var b buildFlags
			b.define(fs)
			out := fs.String("o", "", "write to this `file`, or into this folder; the name's end (.elf, .bin, .hex) chooses the format")
			log := fs.String("trace", "", "resolve the addresses in a device's output, read from this `file` or - for standard input; an .elf file may stand for the package")
			stacks := fs.Bool("stack", false, "tell how much stack each goroutine and handler can need, and which has no bound")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				if *log != "" {
					return statusOK, b.traceFile(ctx, io, *log, args)
				}
				b.stacks = *stacks
				img, board, err := b.build(ctx, io, args)
				if err != nil {
					return statusFailed, err
				}
				name := outputName(*out, img.Name)
				if err := image.Write(img.Path, name); err != nil {
					return statusFailed, err
				}
				if *asJSON {
					return statusOK, writeBuilt(io, name, img, board, *stacks)
				}
				if *stacks {
					return statusOK, writeStacks(io.Out, stacksOf(img, board))
				}
				return statusOK, nil
			}
		},
	}
}

// outputName is where the image goes: as in the go command, -o may be a folder, and without it the program's name is used.
func outputName(out, program string) string {
	if out == "" {
		return program + ".elf"
	}
	if info, err := os.Stat(out); err == nil && info.IsDir() || strings.HasSuffix(out, "/") {
		return filepath.Join(out, program+".elf")
	}
	return out
}

// built is what `mote build -json` writes. Sizes are in bytes, times in milliseconds.
type built struct {
	Output string       `json:"output"`
	Target string       `json:"target"`
	Cached bool         `json:"cached"`
	Flash  int64        `json:"flash"`
	RAM    int64        `json:"ram"` // static
	Steps  []builtStep  `json:"steps"`
	Stacks *stackReport `json:"stacks,omitempty"` // with -stack
}

type builtStep struct {
	Name         string  `json:"name"`
	Milliseconds float64 `json:"ms"`
}

func writeBuilt(io Streams, output string, img *compiler.Image, board *target.Target, stacks bool) error {
	sizes, err := image.Sizes(img.Path)
	if err != nil {
		return err
	}
	b := built{Output: output, Target: board.Name, Cached: img.Cached, Flash: sizes.Flash(), RAM: sizes.RAM()}
	for _, s := range img.Steps {
		b.Steps = append(b.Steps, builtStep{s.Name, s.Duration.Seconds() * 1000})
	}
	if stacks {
		b.Stacks = stacksOf(img, board)
	}
	return writeJSON(io.Out, b)
}
