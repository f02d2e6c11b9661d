package link

import (
	"context"
	"fmt"
	"os"
)

// image links everything but the table of functions. Code that ThinLTO has generated before for the same inputs comes from its own cache.
func (l *linker) image(modules, native []string) (err error) {
	if l.script, err = l.writeScript(linkerScript(l.Target, l.Stacks, l.Reserve, false)); err != nil {
		return err
	}
	l.step.Ran = 1
	return l.link(l.linkArgs(modules, native))
}

// link runs the linker.
func (l *linker) link(args []string) error {
	out, err := run(l.ctx, l.print, l.tools.lld, nil, append(args, "-T", l.script, "-o", l.Output)...)
	if err == nil || l.ctx.Err() != nil {
		return err
	}
	return l.explain(out, args)
}

func (l *linker) writeScript(text string) (string, error) {
	path, _, err := l.cache.make("ld", key(text), ".ld", func(tmp string) error { return os.WriteFile(tmp, []byte(text), 0o666) })
	return path, err
}

// linkArgs are the flags and inputs without script and output. Objects of the port stand between --start-lib and --end-lib:
// one is linked only when something refers to it, beginning with the entry, and a weak vector keeps its default until then.
func (l *linker) linkArgs(modules, native []string) []string {
	args := []string{"--gc-sections", "--nmagic", "--icf=none", "--build-id=none", "--no-undefined", "--error-limit=0", "--color-diagnostics=never",
		"--lto-O2", "--thinlto-jobs=2", "--thinlto-cache-dir=" + l.CacheDir + "/thinlto", "--thinlto-cache-policy=prune_after=168h:cache_size_bytes=1g"}
	args = append(args, l.Target.LLDFlags...)
	args = append(args, modules...)
	args = append(args, "--start-lib")
	args = append(args, native...)
	return append(args, "--end-lib")
}

// explain turns the linker's output into diagnostics.
func (l *linker) explain(out string, args []string) error {
	if over := overflows(out); len(over) > 0 {
		return l.overflowError(over, args)
	}
	if list := undefined(out); len(list) > 0 {
		return list
	}
	return fmt.Errorf("internal error: ld.lld-19 failed\n%s", firstLines(out, 10))
}

// relink links with regions wide enough for anything and returns the path of the image, which the caller removes.
func (l *linker) relink(args []string) (string, error) {
	script, err := l.writeScript(linkerScript(l.Target, l.Stacks, l.Reserve, true))
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp("", "mote-overflow-*.elf")
	if err != nil {
		return "", err
	}
	f.Close()
	out, err := run(context.WithoutCancel(l.ctx), l.print, l.tools.lld, nil, append(args, "--no-check-sections", "-T", script, "-o", f.Name())...)
	if err != nil {
		os.Remove(f.Name())
		return "", fmt.Errorf("linking for sizes: %v\n%s", err, firstLines(out, 5))
	}
	return f.Name(), nil
}
