// Package rtype builds type descriptors: abi.Type and what surrounds it, as static data in Go's own layout.
//
// The layout is taken from the loaded package internal/abi by looking its structs' fields up by name, so reflect, the map
// implementation and the runtime work on descriptors unmodified. A NameOff, TypeOff or TextOff is the address itself, since
// targets have 4-byte words. A method that nothing can reach keeps its name only; its code and type are -1, as cmd/link does.
//
// Symbols names types, AlgOf says how they compare, PtrBytes and IsDirect how they lie in memory; Builder.Descriptor makes the
// data. Start reading there.
package rtype

import (
	"fmt"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/load"
)

// Limits of internal/abi and internal/runtime/maps.
const (
	maxInline   = 128      // a larger map key or element is held by pointer
	groupSlots  = 8        // slots in a map group
	maxMaskBits = 16 << 10 // bits of the largest stored pointer mask; cmd/compile's limit is 2048, but a mask costs flash only
)

// Config is what descriptors depend on besides the type.
type Config struct {
	Program *load.Program
	Symbols *Symbols
	// Keep tells which methods of a type keep their code.
	Keep func(t types.Type, m *types.Selection) bool
	// Level tells how much of the descriptor of a type is reached: references to others are nil. Nil means all of all.
	Level func(t types.Type) Level
	// MethodSymbol names the code of a method: direct is what reflection calls, otherwise what an itab holds.
	MethodSymbol func(t types.Type, m *types.Selection, direct bool) string
}

// Builder makes descriptors, each once. It is not safe for concurrent use.
type Builder struct {
	Config
	sizes   types.Sizes
	abi     *abiTypes
	byType  typeutil.Map // types.Type -> *initeval.Object
	names   map[string]*initeval.Object
	masks   map[string]*initeval.Object
	objects []*initeval.Object
	full    []types.Type
}

// New prepares a builder. It fails when the loaded internal/abi lacks a type that descriptors are made of.
func New(cfg Config) (*Builder, error) {
	abi, err := lookupABI(cfg.Program)
	if err != nil {
		return nil, err
	}
	return &Builder{
		Config: cfg,
		sizes:  cfg.Program.Sizes,
		abi:    abi,
		names:  map[string]*initeval.Object{},
		masks:  map[string]*initeval.Object{},
	}, nil
}

// Objects are all objects made so far, in the order they were asked for: descriptors, names and pointer masks.
func (b *Builder) Objects() []*initeval.Object { return b.objects }

// Described are the types with a whole descriptor so far: the functions that it names must be defined.
func (b *Builder) Described() []types.Type { return b.full }

// Descriptor is the descriptor of t, with everything it refers to.
func (b *Builder) Descriptor(t types.Type) *initeval.Object {
	if obj, ok := b.byType.At(t).(*initeval.Object); ok {
		return obj
	}
	t = types.Unalias(t)
	obj := b.newObject(b.Symbols.Symbol(t))
	b.byType.Set(t, obj)
	if b.level(t) == LevelFull {
		b.fill(obj, t)
	} else {
		b.fillData(obj, t)
	}
	return obj
}

// Group is the descriptor of the groups of slots of map type m.
func (b *Builder) Group(m *types.Map) *initeval.Object {
	group, _ := MapGroup(b.sizes, m)
	return b.Closure(group)
}

// Closure is a descriptor of a compiler-made struct (closure object, defer record, map group), of which only the size and the
// pointer mask are looked at.
func (b *Builder) Closure(t *types.Struct) *initeval.Object {
	name := "type:.closure." + b.Symbols.Unique(t)
	obj, ok := b.names[name]
	if !ok {
		obj = b.newObject(name)
		b.names[name] = obj
		b.fillData(obj, t)
	}
	return obj
}

func (b *Builder) level(t types.Type) Level {
	if b.Level == nil {
		return LevelFull
	}
	return b.Level(t)
}

// fillData fills a descriptor of LevelData.
func (b *Builder) fillData(obj *initeval.Object, t types.Type) {
	rec := newRecord(b.abi.structs["Type"])
	b.memory(rec, t, 0)
	obj.Type, obj.Value = rec.typ, rec.value()
}

func (b *Builder) newObject(name string) *initeval.Object {
	obj := &initeval.Object{Name: name, ReadOnly: true}
	b.objects = append(b.objects, obj)
	return obj
}

// fill lays a descriptor out: the kind's struct, the uncommon part when there is one, the kind's variable part, methods.
func (b *Builder) fill(obj *initeval.Object, t types.Type) {
	b.full = append(b.full, t)
	methods := MethodSet(&b.Program.SSA.MethodSets, t)
	_, named := t.(*types.Named)
	if basic, ok := t.(*types.Basic); ok {
		named = basic.Kind() != types.Invalid
	}
	d := &descriptor{builder: b, t: t}
	d.head = newRecord(b.abi.structs[kindStruct(t)])
	d.layout = newRecord(types.NewStruct(nil, nil))
	d.layout.add("head", d.head.typ)

	var flags int64
	if named {
		flags |= tflagNamed
	}
	uncommon := named || len(methods) > 0
	if uncommon {
		flags |= tflagUncommon
		d.layout.add("uncommon", b.abi.structs["UncommonType"])
	}
	d.uncommon = uncommon
	d.kind(obj)
	common := d.head
	if kindStruct(t) != "Type" {
		common = newRecord(b.abi.structs["Type"])
	}
	b.common(common, t, flags)
	if common != d.head {
		d.head.set("Type", common.value())
	}
	d.layout.set("head", d.head.value())
	if uncommon {
		d.methods(methods)
	}
	obj.Type, obj.Value = d.layout.typ, d.layout.value()
}

// memory fills what the allocator and the collector read of abi.Type.
func (b *Builder) memory(rec *record, t types.Type, flags int64) {
	ptrBytes := PtrBytes(b.sizes, t)
	if MaskOnDemand(b.sizes, t) {
		flags |= tflagGCMaskOnDemand
	} else if ptrBytes > 0 {
		rec.set("GCData", &initeval.Ref{Obj: b.mask(t, ptrBytes)})
	}
	if IsDirect(b.sizes, t) {
		flags |= tflagDirectIface
	}
	rec.set("Size_", number(b.sizes.Sizeof(t)))
	rec.set("PtrBytes", number(ptrBytes))
	rec.set("TFlag", number(flags))
	rec.set("Align_", number(b.sizes.Alignof(t)))
	rec.set("FieldAlign_", number(b.sizes.Alignof(t)))
	rec.set("Kind_", number(kindOf(t)))
}

// common fills all of abi.Type.
func (b *Builder) common(rec *record, t types.Type, flags int64) {
	if AlgOf(b.sizes, t) == AlgMem {
		flags |= tflagRegularMemory
	}
	b.memory(rec, t, flags)
	rec.set("Hash", number(int64(b.Symbols.Hash(t))))
	if eq, _ := b.Symbols.EqualFunc(t); eq != "" {
		rec.set("Equal", FuncValue(eq))
	}
	rec.set("Str", &initeval.Ref{Obj: b.name(b.Symbols.String(t), "", isExported(t), false, nil)})
	if ptr := types.NewPointer(t); b.Level != nil && b.Level(ptr) == LevelFull {
		rec.set("PtrToThis", &initeval.Ref{Obj: b.Descriptor(ptr)})
	}
}

// mask is the pointer bitmap of t, shared by all types with the same one.
func (b *Builder) mask(t types.Type, ptrBytes int64) *initeval.Object {
	words := ptrBytes / WordSize
	bits := make([]byte, (words+7)/8)
	full := make([]byte, (b.sizes.Sizeof(t)/WordSize+8)/8)
	pointerMask(b.sizes, t, 0, full)
	copy(bits, full)
	key := fmt.Sprintf("runtime.gcbits.%x", bits)
	obj, ok := b.masks[key]
	if !ok {
		obj = b.bytes(key, bits)
		b.masks[key] = obj
	}
	return obj
}

func (b *Builder) bytes(name string, data []byte) *initeval.Object {
	obj := b.newObject(name)
	obj.Type = types.NewArray(types.Typ[types.Uint8], int64(len(data)))
	obj.Data = data
	return obj
}

func number(n int64) initeval.Value {
	if n == 0 {
		return nil
	}
	return &initeval.Const{Type: types.Typ[types.Int64], Val: constant.MakeInt64(n)}
}

// FuncValue is the func value of a function without captured variables that another stage defines: the address of its
// constant closure object.
func FuncValue(symbol string) initeval.Value { return &initeval.Sym{Name: symbol + "·f"} }

// isExported reports whether t, or what it points to, is an exported named type; the name of a descriptor says so.
func isExported(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Exported()
}
