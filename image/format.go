package image

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Format writes the report as two tables, sections by address and packages by size, for a person to read.
func (r *Report) Format(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "address\tsize\t  section")
	for _, s := range r.Sections {
		fmt.Fprintf(t, "%#08x\t%d\t  %s\n", s.Addr, s.Size, s.Name)
	}
	fmt.Fprintln(t)
	fmt.Fprintln(t, "code\tread-only\tdata\tbss\tflash\tRAM\t  package")
	for _, p := range r.Packages {
		fmt.Fprintf(t, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", p.Code, p.ReadOnly, p.Data, p.BSS, p.Flash(), p.RAM(), p.Name)
	}
	fmt.Fprintf(t, "\t\t\t\t%d\t%d\t  variables and code of all, without stacks\n", r.Flash(), r.RAM())
	return t.Flush()
}
