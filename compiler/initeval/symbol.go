package initeval

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"
)

func byteArray(n int64) types.Type { return types.NewArray(types.Typ[types.Byte], n) }

// rawText returns a string's bytes without regard to what run-time code may do later.
func (m *machine) rawText(v value) string {
	if v.ref.data == nil {
		return string(make([]byte, v.n))
	}
	return string(v.ref.data[v.off : uint64(v.off)+v.n])
}

// sortedGlobals lists the globals that exist in memory in a stable order.
func (m *machine) sortedGlobals() []*ssa.Global {
	list := make([]*ssa.Global, 0, len(m.globals))
	for g := range m.globals {
		list = append(list, g)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].String() < list[j].String() })
	return list
}
