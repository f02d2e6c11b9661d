package watch

import (
	"bufio"
	"debug/elf"
	"debug/gosym"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// symbols gives names to addresses of a running program, from its executable: by Go's own table, which stripped programs have, too, else
// by the symbols of C code that is linked in.
type symbols struct {
	goTable *gosym.Table
	c       []elf.Symbol // functions, by address
	base    uint64       // by how much the program is loaded higher than its file says (PIE)
}

// readSymbols reads the executable of a process; it takes some milliseconds.
func readSymbols(dir string) (*symbols, error) {
	f, err := elf.Open(filepath.Join(dir, "exe"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &symbols{}
	if f.Type == elf.ET_DYN {
		if s.base, err = loadBase(dir, f); err != nil {
			return nil, err
		}
	}
	s.readGo(f)
	s.readC(f)
	return s, nil
}

func (s *symbols) readGo(f *elf.File) {
	table, text := f.Section(".gopclntab"), f.Section(".text")
	if table == nil {
		table = f.Section(".data.rel.ro.gopclntab")
	}
	if table == nil || text == nil {
		return
	}
	data, err := table.Data()
	if err != nil {
		return
	}
	if t, err := gosym.NewTable(nil, gosym.NewLineTable(data, text.Addr)); err == nil {
		s.goTable = t
	}
}

func (s *symbols) readC(f *elf.File) {
	all, _ := f.Symbols() // none in a stripped program
	for _, y := range all {
		if elf.ST_TYPE(y.Info) == elf.STT_FUNC && y.Size > 0 {
			s.c = append(s.c, y)
		}
	}
	sort.Slice(s.c, func(i, j int) bool { return s.c[i].Value < s.c[j].Value })
}

// name gives function, file and line of an address, or the address where there is none.
func (s *symbols) name(pc uint64) string {
	pc -= s.base
	if s.goTable != nil {
		if file, line, fn := s.goTable.PCToLine(pc); fn != nil {
			return fmt.Sprintf("%s %s:%d", fn.Name, file, line)
		}
	}
	i := sort.Search(len(s.c), func(i int) bool { return s.c[i].Value > pc }) - 1
	if i >= 0 && pc < s.c[i].Value+s.c[i].Size {
		return fmt.Sprintf("%s+0x%x", s.c[i].Name, pc-s.c[i].Value)
	}
	return fmt.Sprintf("0x%x", pc+s.base)
}

// loadBase compares where the kernel mapped the executable with where its file wants to be.
func loadBase(dir string, f *elf.File) (uint64, error) {
	exe, err := os.Readlink(filepath.Join(dir, "exe"))
	if err != nil {
		return 0, err
	}
	maps, err := os.Open(filepath.Join(dir, "maps"))
	if err != nil {
		return 0, err
	}
	defer maps.Close()
	lines := bufio.NewScanner(maps)
	for lines.Scan() {
		if !strings.HasSuffix(lines.Text(), " "+exe) {
			continue
		}
		start, _, _ := strings.Cut(lines.Text(), "-")
		lowest, err := strconv.ParseUint(start, 16, 64)
		if err != nil {
			return 0, err
		}
		for _, p := range f.Progs {
			if p.Type == elf.PT_LOAD {
				return lowest - p.Vaddr&^0xfff, nil
			}
		}
	}
	return 0, fmt.Errorf("%s is not in %s/maps", exe, dir)
}
