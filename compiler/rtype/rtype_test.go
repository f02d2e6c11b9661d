package rtype

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"mote/compiler/initeval"
	"mote/compiler/load"
)

var sizes = types.SizesFor("gc", "arm")

// check type-checks declarations of package example.com/dir/p.
func check(t *testing.T, source string) (*types.Package, *Symbols) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n"+source, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Sizes: sizes, Importer: importer.Default()}
	pkg, err := conf.Check("example.com/dir/p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, NewSymbols(sizes, fset)
}

func lookup(pkg *types.Package, name string) types.Type { return pkg.Scope().Lookup(name).Type() }

func TestStrings(t *testing.T) {
	tests := []struct{ typ, text, unique string }{
		{"[]byte", "[]uint8", "[]uint8"},
		{"map[string][4]rune", "map[string][4]int32", "map[string][4]int32"},
		{"*T", "*p.T", "*example.com/dir/p.T"},
		{"G[int]", "p.G[int]", "example.com/dir/p.G[int]"},
		{"G[map[T]G[T]]", "p.G[map[example.com/dir/p.T]example.com/dir/p.G[example.com/dir/p.T]]", "example.com/dir/p.G[map[example.com/dir/p.T]example.com/dir/p.G[example.com/dir/p.T]]"},
		{"func(int, ...string) (T, error)", "func(int, ...string) (p.T, error)", "func(int, ...string) (example.com/dir/p.T, error)"},
		{"func() bool", "func() bool", "func() bool"},
		{"chan (<-chan int)", "chan (<-chan int)", "chan (<-chan int)"},
		{"chan<- func()", "chan<- func()", "chan<- func()"},
		{"struct{}", "struct {}", "struct {}"},
		{"struct{ A int `k:\"v\"`; b T; T }", `struct { A int "k:\"v\""; b p.T; p.T }`, `struct { A int "k:\"v\""; example.com/dir/p.b example.com/dir/p.T; ?T example.com/dir/p.T }`},
		{"any", "interface {}", "interface {}"},
		{"interface{ B(); A() int; c() }", "interface { A() int; B(); p.c() }", "interface { A() int; B(); example.com/dir/p.c() }"},
	}
	for _, test := range tests {
		pkg, s := check(t, "type T struct{}\ntype G[X any] struct{ v X }\nvar v "+test.typ)
		typ := lookup(pkg, "v")
		if got := s.String(typ); got != test.text {
			t.Errorf("%s: string %q, want %q", test.typ, got, test.text)
		}
		if got := s.Unique(typ); got != test.unique {
			t.Errorf("%s: unique name %q, want %q", test.typ, got, test.unique)
		}
	}
}

func TestLocalTypesDiffer(t *testing.T) {
	pkg, s := check(t, `
func f() any { type T int; return T(1) }
func g() any { type T int; return T(1) }`)
	names := map[string]bool{}
	for _, fn := range []string{"f", "g"} {
		scope := pkg.Scope().Lookup(fn).(*types.Func).Scope()
		name := s.Symbol(scope.Lookup("T").Type())
		if names[name] {
			t.Errorf("%s is the name of two types", name)
		}
		names[name] = true
		if text := s.String(scope.Lookup("T").Type()); text != "p.T" {
			t.Errorf("a local type is shown as %s", text)
		}
	}
}

func TestMemory(t *testing.T) {
	tests := []struct {
		typ      string
		ptrBytes int64
		direct   bool
		alg      Alg
		equal    string
	}{
		{"int", 0, false, AlgMem, "runtime.memequal32"},
		{"float64", 0, false, AlgFloat, "runtime.f64equal"},
		{"string", 4, false, AlgString, "runtime.strequal"},
		{"*int", 4, true, AlgMem, "runtime.memequal32"},
		{"[]int", 4, false, AlgNone, ""},
		{"map[int]int", 4, true, AlgNone, ""},
		{"any", 8, false, AlgEface, "runtime.nilinterequal"},
		{"error", 8, false, AlgInterface, "runtime.interequal"},
		{"struct{ p *int }", 4, true, AlgMem, "runtime.memequal32"},
		{"struct{ n int }", 0, false, AlgMem, "runtime.memequal32"},
		{"[1]*int", 4, true, AlgMem, "runtime.memequal32"},
		{"[3]byte", 0, false, AlgMem, "type:.eq.mem3"},
		{"[2]int16", 0, false, AlgMem, "type:.eq.mem4"}, // aligned to 2 only
		{"[2]int64", 0, false, AlgMem, "runtime.memequal128"},
		{"struct{ a int8; b int32 }", 0, false, AlgSpecial, "type:.eq.struct { example.com/dir/p.a int8; example.com/dir/p.b int32 }"},
		{"struct{ a int32; _ int32 }", 0, false, AlgSpecial, "type:.eq.struct { example.com/dir/p.a int32; example.com/dir/p._ int32 }"},
		{"struct{ a int32; s string; b int }", 8, false, AlgSpecial, "type:.eq.struct { example.com/dir/p.a int32; example.com/dir/p.s string; example.com/dir/p.b int }"},
		{"[2]string", 12, false, AlgSpecial, "type:.eq.[2]string"},
		{"struct{ a int; f func() }", 8, false, AlgNone, ""},
	}
	for _, test := range tests {
		pkg, s := check(t, "var v "+test.typ)
		typ := lookup(pkg, "v")
		if got := PtrBytes(sizes, typ); got != test.ptrBytes {
			t.Errorf("%s: PtrBytes %d, want %d", test.typ, got, test.ptrBytes)
		}
		if got := IsDirect(sizes, typ); got != test.direct {
			t.Errorf("%s: direct %v", test.typ, got)
		}
		if got := AlgOf(sizes, typ); got != test.alg {
			t.Errorf("%s: algorithm %d, want %d", test.typ, got, test.alg)
		}
		if got, _ := s.EqualFunc(typ); got != test.equal {
			t.Errorf("%s: compared by %q, want %q", test.typ, got, test.equal)
		}
	}
}

func TestPointerMask(t *testing.T) {
	pkg, _ := check(t, "var v struct { a int; p *int; s []string; i any; x [3]struct { n int; q *int } }")
	typ := lookup(pkg, "v")
	mask := make([]byte, 4)
	pointerMask(sizes, typ, 0, mask)
	// words: a p s(ptr len cap) i(2) then n q three times
	if want := []byte{0b0110_0110, 0b0001_0101, 0, 0}; !bytes.Equal(mask, want) {
		t.Errorf("mask is %08b", mask)
	}
	if got := PtrBytes(sizes, typ); got != 13*WordSize {
		t.Errorf("PtrBytes is %d", got)
	}
}

func TestFastMap(t *testing.T) {
	for typ, want := range map[string]string{
		"map[int]int": "_fast32", "map[uint64]bool": "_fast64", "map[string]any": "_faststr", "map[*int]int": "_fast32ptr",
		"map[int8]int": "", "map[any]int": "", "map[int][129]byte": "", "map[[4]byte]int": "",
	} {
		pkg, _ := check(t, "var v "+typ)
		if got := FastMap(sizes, lookup(pkg, "v").(*types.Map)); got != want {
			t.Errorf("%s: %q, want %q", typ, got, want)
		}
	}
}

func TestMethodOrder(t *testing.T) {
	pkg, _ := check(t, "type I interface { z(); B(); a(); A() }")
	var got []string
	iface := lookup(pkg, "I").Underlying().(*types.Interface)
	for _, m := range SortedMethods(iface) {
		got = append(got, m.Name())
		if SortedMethods(iface)[MethodIndex(iface, m)] != m {
			t.Errorf("index of %s is %d", m.Name(), MethodIndex(iface, m))
		}
	}
	if want := []string{"A", "B", "a", "z"}; !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// build loads a program and returns a builder for it that keeps the methods in keep.
func build(t *testing.T, source string, keep ...string) (*load.Program, *Builder) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte("package main\n"+source), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Dir: dir, Patterns: []string{file}, GOARCH: "thumb", Tags: []string{"armv7m", "gc.marksweep"}, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(Config{
		Program: p,
		Symbols: NewSymbols(p.Sizes, p.Fset),
		Keep: func(_ types.Type, m *types.Selection) bool {
			for _, name := range keep {
				if m.Obj().Name() == name {
					return true
				}
			}
			return false
		},
		MethodSymbol: func(_ types.Type, m *types.Selection, direct bool) string {
			if direct {
				return m.Obj().Name() + ".tfn"
			}
			return m.Obj().Name() + ".ifn"
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p, b
}

// at finds the value of a field by path in static data of a struct type.
func at(t *testing.T, v initeval.Value, typ types.Type, path ...any) initeval.Value {
	t.Helper()
	for _, step := range path {
		agg, _ := v.(*initeval.Aggregate)
		index := -1
		switch u := typ.Underlying().(type) {
		case *types.Struct:
			for i := range u.NumFields() {
				if u.Field(i).Name() == step {
					index, typ = i, u.Field(i).Type()
				}
			}
		case *types.Array:
			index, typ = step.(int), u.Elem()
		}
		if index < 0 {
			t.Fatalf("no field %v in %v", step, typ)
		}
		v = nil
		if agg != nil && index < len(agg.Elems) {
			v = agg.Elems[index]
		}
	}
	return v
}

func integer(v initeval.Value) int64 {
	if v == nil {
		return 0
	}
	n, _ := constant.Int64Val(v.(*initeval.Const).Val)
	return n
}

func TestDescriptor(t *testing.T) {
	p, b := build(t, `
type T struct { A int; b *T }
func (T) Keep() int { return 1 }
func (T) Drop() {}
func (T) low() {}
var v T
func main() {}`, "Keep")
	typ := lookup(p.Main.Types, "T")
	obj := b.Descriptor(typ)
	if b.Descriptor(typ) != obj {
		t.Fatal("two descriptors of one type")
	}
	num := func(path ...any) int64 { return integer(at(t, obj.Value, obj.Type, path...)) }
	if n := num("head", "Type", "Size_"); n != 8 {
		t.Errorf("size %d", n)
	}
	if n := num("head", "Type", "PtrBytes"); n != 8 {
		t.Errorf("PtrBytes %d", n)
	}
	if n, want := num("head", "Type", "TFlag"), int64(tflagNamed|tflagUncommon|tflagRegularMemory); n != want {
		t.Errorf("flags %b, want %b", n, want)
	}
	if n := num("head", "Type", "Kind_"); n != int64(reflect.Struct) {
		t.Errorf("kind %d", n)
	}
	if n, x := num("uncommon", "Mcount"), num("uncommon", "Xcount"); n != 3 || x != 2 {
		t.Errorf("%d methods, %d exported", n, x)
	}
	// The method table lies behind the fields: Moff counts from the uncommon part.
	fields := p.Sizes.Sizeof(b.abi.structs["StructField"]) * 2
	if n, want := num("uncommon", "Moff"), p.Sizes.Sizeof(b.abi.structs["UncommonType"])+fields; n != want {
		t.Errorf("Moff %d, want %d", n, want)
	}
	if n := num("methods", 0, "Ifn"); n != -1 { // Drop
		t.Errorf("code of an unreached method is %d", n)
	}
	if sym, ok := at(t, obj.Value, obj.Type, "methods", 1, "Ifn").(*initeval.Sym); !ok || sym.Name != "Keep.ifn" {
		t.Errorf("code of a kept method is %v", sym)
	}
	slice := at(t, obj.Value, obj.Type, "head", "Fields").(*initeval.Slice)
	if want := p.Sizes.Sizeof(b.abi.structs["StructType"]) + p.Sizes.Sizeof(b.abi.structs["UncommonType"]); slice.Base.Obj != obj || slice.Base.Offset != want || slice.Len != 2 {
		t.Errorf("fields at %d, want %d", slice.Base.Offset, want)
	}
	if n := num("variable", 1, "Offset"); n != 4 {
		t.Errorf("second field at %d", n)
	}
}

func TestNames(t *testing.T) {
	_, b := build(t, `func main() {}`)
	other := types.NewPackage("x/y", "y")
	tests := []struct {
		obj  *initeval.Object
		want []byte
	}{
		{b.name("Ab", "", true, false, nil), []byte("\x01\x02Ab")},
		{b.name("a", "t:\"1\"", false, true, nil), []byte("\x0a\x01a\x05t:\"1\"")},
		{b.name(string(bytes.Repeat([]byte("n"), 200)), "", false, false, nil), append([]byte{0, 0xc8, 1}, bytes.Repeat([]byte("n"), 200)...)},
	}
	for _, test := range tests {
		if !bytes.Equal(test.obj.Data, test.want) {
			t.Errorf("name is %q, want %q", test.obj.Data, test.want)
		}
	}
	obj := b.name("m", "", false, false, other)
	agg := obj.Value.(*initeval.Aggregate)
	path, ok := agg.Elems[len(agg.Elems)-1].(*initeval.Ref)
	if integer(agg.Elems[0]) != nameHasPkgPath || !ok || string(path.Obj.Data) != "\x00\x03x/y" {
		t.Errorf("name with a package is %v", agg.Elems)
	}
	if n := sizes.Sizeof(obj.Type); n != 3+4 {
		t.Errorf("it takes %d bytes", n)
	}
}

func TestMapDescriptor(t *testing.T) {
	p, b := build(t, `
var m map[string][200]byte
func main() {}`)
	typ := lookup(p.Main.Types, "m")
	obj := b.Descriptor(typ)
	num := func(field string) int64 { return integer(at(t, obj.Value, obj.Type, "head", field)) }
	if n, want := num("Flags"), int64(mapNeedKeyUpdate|mapIndirectElem); n != want {
		t.Errorf("flags %b, want %b", n, want)
	}
	if num("SlotSize") != 12 || num("ElemOff") != 8 || num("GroupSize") != 8+8*12 {
		t.Errorf("slots of %d bytes, element at %d, group of %d", num("SlotSize"), num("ElemOff"), num("GroupSize"))
	}
	if sym := at(t, obj.Value, obj.Type, "head", "Hasher").(*initeval.Sym); sym.Name != "runtime.strhash·f" {
		t.Errorf("hashed by %s", sym.Name)
	}
}

func TestLevels(t *testing.T) {
	p, b := build(t, `
type T struct{ p *int }
func main() {}`)
	typ := lookup(p.Main.Types, "T")
	b.Level = func(t types.Type) Level {
		if types.Identical(t, typ) {
			return LevelFull
		}
		return LevelNone
	}
	obj := b.Descriptor(typ)
	if ref := at(t, obj.Value, obj.Type, "variable", 0, "Typ"); ref != nil {
		t.Errorf("field type refers to %v although its descriptor is not reached", ref)
	}
	small := b.Descriptor(types.NewSlice(typ))
	if small.Type != b.abi.structs["Type"] {
		t.Errorf("a descriptor for allocation has the layout %v", small.Type)
	}
}
