package command

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"mote/deliver/build"
)

func deliverBuildCommand() command {
	return command{
		name:     "build",
		synopsis: "[flags] [package]",
		short:    "Build a static program for a device, twice, and record how",
		setup: func(fs *flag.FlagSet) runner {
			var b planFlags
			b.define(fs)
			out := fs.String("o", "", "write to this `file`, or into this folder; the record is beside it, as file.build.json")
			once := fs.Bool("once", false, "do not build a second time to see whether the program is reproducible")
			asJSON := jsonFlag(fs)
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				store, err := openCache()
				if err != nil {
					return statusFailed, err
				}
				b.options.Cache = filepath.Join(store.Dir(), "second-build")
				plan, err := b.plan(args)
				if err != nil {
					return statusFailed, err
				}
				name, err := programName(ctx, plan, *out)
				if err != nil {
					return statusFailed, err
				}
				progress := newProgress(io.Err)
				record, err := plan.Build(ctx, name, !*once, progress.stage)
				progress.clear()
				if err != nil {
					return statusFailed, err
				}
				if err := writeRecord(name+".build.json", record); err != nil {
					return statusFailed, err
				}
				if *asJSON {
					return statusOK, writeJSON(io.Out, record)
				}
				fmt.Fprintf(io.Out, "%s: %d bytes, SHA-256 %s%s\n", name, record.Size, record.SHA256, reproducedNote(record))
				return statusOK, nil
			}
		},
	}
}

// programName is where the program goes: as in the go command, -o may be a folder.
func programName(ctx context.Context, plan *build.Plan, out string) (string, error) {
	if info, err := os.Stat(out); out != "" && (err != nil || !info.IsDir()) {
		return out, nil
	}
	name, err := plan.Name(ctx)
	return filepath.Join(out, name), err
}

func reproducedNote(r *build.Record) string {
	switch {
	case !r.Reproduced:
		return ", built once"
	case r.Elsewhere:
		return ", the same from two folders"
	}
	return ", the same twice"
}

func writeRecord(name string, r *build.Record) error {
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, '\n'), 0o666)
}
