package link

import (
	"fmt"
	"go/token"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"mote/image"
	"mote/internal/diag"
)

var overflowLine = regexp.MustCompile(`section '([^']+)' will not fit in region '([^']+)': overflowed by (\d+) bytes`)

// overflows reads by how many bytes each region is too small; several sections overflow it one after the other, the last most.
func overflows(out string) map[string]int64 {
	over := map[string]int64{}
	for _, m := range overflowLine.FindAllStringSubmatch(out, -1) {
		if n, err := strconv.ParseInt(m[3], 10, 64); err == nil {
			over[m[2]] = max(over[m[2]], n)
		}
	}
	return over
}

// overflowError says which region overflowed, by how much, and the three largest contributors to it.
func (l *linker) overflowError(over map[string]int64, args []string) error {
	var sizes *image.Report
	if elf, err := l.relink(args); err == nil {
		defer os.Remove(elf)
		sizes, _ = image.Sizes(elf)
	}
	var list diag.List
	for region, n := range over {
		text := fmt.Sprintf("region %q of %s overflowed by %d bytes", region, l.Target.Name, n)
		hint := "use a target with more memory, or -opt=z"
		if sizes != nil {
			text += "; largest: " + strings.Join(largest(sizes, region == l.Target.Flash[0].Name), ", ")
		}
		list = append(list, diag.Errorf(token.Position{}, hint, "%s", text)...)
	}
	return list.Sort()
}

// largest names the three packages that take most flash or RAM, with the largest symbol of each.
func largest(sizes *image.Report, flash bool) []string {
	amount := func(p image.Package) int64 {
		if flash {
			return p.Flash()
		}
		return p.RAM()
	}
	packages := append([]image.Package{}, sizes.Packages...)
	sort.SliceStable(packages, func(i, j int) bool { return amount(packages[i]) > amount(packages[j]) })
	var names []string
	for _, p := range packages[:min(3, len(packages))] {
		name := fmt.Sprintf("%s %d bytes", p.Name, amount(p))
		if s, ok := p.Largest(flash); ok {
			name += fmt.Sprintf(" (%s %d)", s.Name, s.Size)
		}
		names = append(names, name)
	}
	return names
}
