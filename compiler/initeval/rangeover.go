package initeval

import (
	"go/types"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"
)

// lookup reads a string or a nil map; other maps do not exist at build time.
func (m *machine) lookup(in *ssa.Lookup, x, key value) value {
	if _, isMap := in.X.Type().Underlying().(*types.Map); !isMap {
		return m.index(m.lay.of(in.X.Type()), x, key, nil)
	}
	if x.ref != nil {
		fail("reads a map")
	}
	if in.CommaOk {
		return tuple(value{}, value{})
	}
	return value{}
}

// rangeOver makes an iterator: the string and the position.
func (m *machine) rangeOver(in *ssa.Range, x value) value {
	if _, isMap := in.X.Type().Underlying().(*types.Map); isMap && x.ref != nil {
		fail("reads a map")
	}
	return tuple(x, value{})
}

func (m *machine) next(in *ssa.Next, it value) value {
	x, pos := it.mem.binds[0], it.mem.binds[1].n
	if pos >= x.n || !in.IsString {
		return tuple(value{}, value{}, value{})
	}
	rest := x.n - pos
	if rest > utf8.UTFMax {
		rest = utf8.UTFMax
	}
	r, size := utf8.DecodeRune(m.bytes(value{ref: x.ref, off: x.off + uint32(pos)}, int64(rest)))
	it.mem.binds[1].n += uint64(size)
	return tuple(value{n: 1}, value{n: pos}, value{n: uint64(r)})
}
