package link_test

import (
	"bytes"
	"context"
	"debug/elf"
	"testing"

	"mote/compiler/link"
)

// TestFunctab adds the table of functions to a program that refers to it, behind everything else, and to no other.
func TestFunctab(t *testing.T) {
	for _, name := range []string{"mps2-an385", "riscv-virt"} {
		t.Run(name, func(t *testing.T) {
			without := config(t, name, sharedCache)
			if table := linkedTable(t, without); table != nil {
				t.Errorf("a program that does not refer to the table has %d bytes of it", table.Size)
			}
			with := config(t, name, sharedCache)
			with.Modules[0].IR = bytes.Replace(with.Modules[0].IR, []byte("define void @runtime.start() noreturn {"),
				[]byte("@_functab = external global i8\ndefine void @runtime.start() noreturn {\n  %table = load volatile i8, ptr @_functab"), 1)
			table := linkedTable(t, with)
			if table == nil {
				t.Fatal("no table")
			}
			if data, err := table.Data(); err != nil || !bytes.Contains(data, []byte("goexit")) {
				t.Errorf("the goroutine's first function is not in the table (%v)", err)
			}
		})
	}
}

func linkedTable(t *testing.T, cfg link.Config) *elf.Section {
	t.Helper()
	if _, err := link.Link(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(cfg.Output)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	table := f.Section(".functab")
	for _, s := range f.Sections {
		if table != nil && s != table && s.Type == elf.SHT_PROGBITS && s.Flags&(elf.SHF_ALLOC|elf.SHF_WRITE) == elf.SHF_ALLOC && s.Addr >= table.Addr {
			t.Errorf("section %s lies behind the table", s.Name)
		}
	}
	return table
}
