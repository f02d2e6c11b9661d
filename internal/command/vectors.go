package command

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"mote/image"
	"mote/internal/diag"
	"mote/target"
)

func vectorsCommand() command {
	return command{
		name:     "vectors",
		synopsis: "[flags] [package | files.go... | image.elf]",
		short:    "Print the vector table of an image",
		setup: func(fs *flag.FlagSet) runner {
			var b buildFlags
			b.define(fs)
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				elf, board, err := b.image(ctx, io, args)
				if err != nil {
					return statusFailed, err
				}
				if err := image.Check(elf, board); err != nil {
					return statusFailed, err
				}
				list, err := image.Vectors(elf, board)
				if err != nil {
					return statusFailed, err
				}
				if *asJSON {
					return statusOK, writeJSON(io.Out, vectorList(list))
				}
				return statusOK, printVectors(io, list)
			}
		},
	}
}

// image is the path of the image that args name, which is built unless it is an .elf file, and the board that it is for.
func (b *buildFlags) image(ctx context.Context, io Streams, args []string) (elf string, board *target.Target, err error) {
	if len(args) == 1 && filepath.Ext(args[0]) == ".elf" {
		board, err = target.Load(b.target)
		return args[0], board, err
	}
	img, board, err := b.build(ctx, io, args)
	if err != nil {
		return "", nil, err
	}
	return img.Path, board, nil
}

// vector is an entry of `mote vectors -json`. A number or line that does not apply is left out.
type vector struct {
	Number   int    `json:"number"`
	IRQ      *int   `json:"irq,omitempty"`
	Name     string `json:"name"`
	Address  string `json:"address"` // as it stands in the table: with the Thumb bit
	Symbol   string `json:"symbol,omitempty"`
	Function string `json:"function,omitempty"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Default  bool   `json:"default"`
}

func vectorList(list []image.Vector) []vector {
	out := []vector{}
	for _, v := range list {
		row := vector{Number: v.Number, Name: v.Name, Address: fmt.Sprintf("%#08x", v.Word), Symbol: v.Symbol,
			Function: v.Function, File: v.File, Line: v.Line, Default: v.Default}
		if v.IRQ >= 0 {
			row.IRQ = &v.IRQ
		}
		out = append(out, row)
	}
	return out
}

func printVectors(io Streams, list []image.Vector) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NUMBER\tIRQ\tNAME\tADDRESS\tHANDLER")
	for _, v := range list {
		irq := "-"
		if v.IRQ >= 0 {
			irq = strconv.Itoa(v.IRQ)
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t0x%08x\t%s\n", v.Number, irq, v.Name, v.Word, handlerText(v, dir))
	}
	return w.Flush()
}

// handlerText says who handles an interrupt.
func handlerText(v image.Vector, dir string) string {
	switch {
	case v.Number == 0 && v.IRQ < 0:
		return "(initial stack pointer)"
	case v.Default:
		return "(default: ends the program)"
	case v.File != "":
		return fmt.Sprintf("%s %s:%d", v.Function, diag.Relative(dir, v.File), v.Line)
	}
	return cmp.Or(v.Function, v.Symbol, "(unknown)")
}
