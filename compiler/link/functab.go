package link

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"

	"mote/compiler/functab"
)

// functab adds the table of functions to an image that refers to it: it is made from the image, which is then linked again with it.
// Code generation comes from ThinLTO's cache. The table lies behind everything else in flash, so all addresses stay.
func (l *linker) functab(modules, native []string) error {
	wanted, err := functab.Wanted(l.Output)
	if err != nil || !wanted {
		return err
	}
	l.step.Ran = 1
	before, err := addresses(l.Output)
	if err != nil {
		return err
	}
	table, err := functab.Build(l.Output)
	if err != nil {
		return err
	}
	object, err := l.tableObject(table)
	if err != nil {
		return err
	}
	if err := l.link(append(l.linkArgs(modules, native), object)); err != nil {
		return err
	}
	after, err := addresses(l.Output)
	if err != nil {
		return err
	}
	for name, addr := range before {
		if after[name] != addr {
			return fmt.Errorf("internal error: %s moved from %#x to %#x when the table of functions was added", name, addr, after[name])
		}
	}
	return nil
}

// tableObject assembles an object with the table as its only section.
func (l *linker) tableObject(table []byte) (string, error) {
	data, _, err := l.cache.make("functab", key(string(table)), ".bin", func(tmp string) error { return os.WriteFile(tmp, table, 0o666) })
	if err != nil {
		return "", err
	}
	args := append([]string{"--target=" + l.Target.Triple}, l.Target.CFlags...)
	args = append(args, "-x", "assembler", "-c", "-")
	source := fmt.Sprintf("\t.section %s, \"a\"\n\t.balign 4\n\t.incbin %q\n", functab.Section, data)
	k := key(append([]string{l.tools.clang.version, source}, args...)...)
	object, _, err := l.cache.make("functab", k, ".o", func(tmp string) error {
		out, err := run(l.ctx, l.print, l.tools.clang, []byte(source), append(args, "-o", tmp)...)
		if err != nil {
			return fmt.Errorf("internal error: assembling the table of functions: %w\n%s", err, firstLines(out, 5))
		}
		return nil
	})
	return object, err
}

// addresses are those of all functions and variables with a name of their own.
func addresses(path string) (map[string]uint64, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil && !errors.Is(err, elf.ErrNoSymbols) {
		return nil, err
	}
	list := map[string]uint64{}
	for _, s := range symbols {
		if t := elf.ST_TYPE(s.Info); elf.ST_BIND(s.Info) != elf.STB_LOCAL && (t == elf.STT_FUNC || t == elf.STT_OBJECT) {
			list[s.Name] = s.Value
		}
	}
	return list, nil
}
