package link

import (
	"go/token"
	"regexp"
	"strconv"
	"strings"

	"mote/internal/diag"
)

var (
	undefinedLine = regexp.MustCompile(`error: undefined symbol: (.+)$`)
	referenceLine = regexp.MustCompile(`^>>>\s+(?:referenced by\s+)?(.*)$`)
	placeOf       = regexp.MustCompile(`\(([^()]+):(\d+)\)`)
	sectionOf     = regexp.MustCompile(`:\((.+)\)(?: in archive .*)?$`)
)

// undefined reads the linker's messages about symbols that nothing defines: who refers to each, and where if that is known.
func undefined(out string) diag.List {
	var list diag.List
	for _, line := range strings.Split(out, "\n") {
		if m := undefinedLine.FindStringSubmatch(line); m != nil {
			list = append(list, diag.Diagnostic{Text: "internal error: nothing defines symbol " + strconv.Quote(strings.TrimSpace(m[1]))})
			continue
		}
		m := referenceLine.FindStringSubmatch(line)
		if m == nil || len(list) == 0 {
			continue
		}
		last := &list[len(list)-1]
		if p := placeOf.FindStringSubmatch(m[1]); p != nil && last.Pos.Line == 0 {
			n, _ := strconv.Atoi(p[2])
			last.Pos = token.Position{Filename: p[1], Line: n}
		} else if s := sectionOf.FindStringSubmatch(m[1]); s != nil && !strings.Contains(last.Text, ", used by") {
			last.Text += ", used by " + s[1]
		}
	}
	return list.Sort()
}
