package initeval

import (
	"crypto/sha256"
	"fmt"
	"go/types"
	"os"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// embeds gives the //go:embed variables of pkg their contents before the package's initialisers run.
func (m *machine) embeds(pkg *load.Package) {
	vars := make([]*types.Var, 0, len(pkg.Embeds))
	for v := range pkg.Embeds {
		vars = append(vars, v)
	}
	sort.Slice(vars, func(i, j int) bool { return vars[i].Pos() < vars[j].Pos() })
	for _, v := range vars {
		if g, ok := pkg.SSA.Members[v.Name()].(*ssa.Global); ok {
			m.embed(m.global(g), pkg.Embeds[v])
		}
	}
}

func (m *machine) embed(o *object, e *load.Embed) {
	l := m.lay.of(o.typ)
	var v value
	switch l.kind {
	case kindString:
		v = stringValue(readEmbed(e.Files[0]))
	case kindSlice:
		data := readEmbed(e.Files[0])
		elem := o.typ.Underlying().(*types.Slice).Elem()
		backing := &object{size: int64(len(data)), data: []byte(data), typ: types.NewArray(elem, int64(len(data)))}
		v = sliceValue(backing, 0, backing.size, backing.size)
	case kindStruct:
		v = value{ref: m.embedFiles(l, e)}
		l = l.fields[0].lay
	}
	m.put(o, 0, v, l)
}

// embedFiles builds what embed.FS points to: a slice of struct{name, data string; hash [16]byte}, sorted as the loader has sorted it.
func (m *machine) embedFiles(fs *layout, e *load.Embed) *object {
	sliceType := deref(fs.fields[0].lay.typ)
	fileType := sliceType.Underlying().(*types.Slice).Elem()
	file := m.lay.of(fileType)
	n := int64(len(e.Files))
	backing := &object{size: n * file.size, typ: types.NewArray(fileType, n)}
	for i, f := range e.Files {
		at := int64(i) * file.size
		m.put(backing, at+file.fields[0].off, stringValue(f.Name), file.fields[0].lay)
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		data := readEmbed(f)
		m.put(backing, at+file.fields[1].off, stringValue(data), file.fields[1].lay)
		sum := sha256.Sum256([]byte(data))
		copy(backing.data[at+file.fields[2].off:], sum[:file.fields[2].lay.size])
	}
	head := &object{size: 3 * wordSize, typ: sliceType}
	m.put(head, 0, sliceValue(backing, 0, n, n), m.lay.of(sliceType))
	return head
}

// readEmbed reads a file that the loader has found. That it cannot be read now is not a fault of the program.
func readEmbed(f load.EmbedFile) string {
	data, err := os.ReadFile(f.Path)
	if err != nil {
		panic(fmt.Sprintf("initeval: embedded file %s: %v", f.Name, err))
	}
	return string(data)
}
