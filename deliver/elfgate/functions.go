package elfgate

import (
	"debug/elf"
	"debug/gosym"
	"slices"
	"strings"
)

// function is a function of the program, from the table that the Go runtime itself uses; stripping leaves it.
type function struct {
	name       string
	start, end uint64
}

// pkg is the import path of the function's package: what is before the first dot behind the last slash. Brackets of type arguments may have slashes.
func (f function) pkg() string {
	name, _, _ := strings.Cut(f.name, "[")
	slash := strings.LastIndexByte(name, '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot < 0 {
		return name
	}
	return strings.ReplaceAll(name[:slash+dot], "%2e", ".")
}

// checkFunctions reads the table of functions and looks for those that expect something of the device.
func (g *gate) checkFunctions() bool {
	if g.funcs = g.readFunctions(); len(g.funcs) == 0 {
		g.find(NoFunctions, "no readable section .gopclntab")
		return true
	}
	names := make(map[string]bool, len(g.funcs))
	packages := map[string]bool{}
	for _, f := range g.funcs {
		names[f.name] = true
		packages[f.pkg()] = true
	}
	g.checkHints(names, packages)
	for _, p := range g.profile.Exec.Packages {
		if packages[p] {
			g.find(Package, "%s", p)
		}
	}
	return true
}

// readFunctions decodes the table. It has been written for tables that linkers make: on one that lies it may panic, which is then the answer
// "no table".
func (g *gate) readFunctions() (list []function) {
	table, text := g.file.Section(".gopclntab"), g.file.Section(".text")
	if table == nil || text == nil || table.Type == elf.SHT_NOBITS {
		return nil
	}
	data, err := table.Data()
	if err != nil || len(data) < 64 {
		return nil
	}
	defer func() {
		if recover() != nil {
			list = nil
		}
	}()
	symbols, err := gosym.NewTable(nil, gosym.NewLineTable(data, text.Addr))
	if err != nil {
		return nil
	}
	for _, f := range symbols.Funcs {
		list = append(list, function{f.Name, f.Entry, f.End})
	}
	slices.SortFunc(list, func(a, b function) int { return int(min(max(int64(a.start-b.start), -1), 1)) })
	return list
}
