package rtype

import (
	"fmt"
	"go/token"
	"go/types"
	"hash/fnv"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// LocalTypes knows the types that are declared in functions; load.Program does.
type LocalTypes interface {
	// LocalNumber is a type's number in its package, 0 when it is not declared in a function.
	LocalNumber(*types.TypeName) int
	// Implicit are the type arguments of the generic function that a type is declared in.
	Implicit(*types.TypeName) []types.Type
}

// Symbols names types for the linker and for people. It is not safe for concurrent use.
type Symbols struct {
	Locals LocalTypes // for String; nil when there are no local types

	sizes  types.Sizes
	unique typeutil.Map // types.Type -> string
	fast   map[types.Type]string
	locals map[*types.TypeName]string // suffix of a type that is declared in a function
	seen   map[string]int             // how often a local suffix was given out
	fset   *token.FileSet
}

// NewSymbols returns an empty table; fset resolves the positions that tell local types apart.
func NewSymbols(sizes types.Sizes, fset *token.FileSet) *Symbols {
	return &Symbols{
		sizes:  sizes,
		fset:   fset,
		fast:   map[types.Type]string{},
		locals: map[*types.TypeName]string{},
		seen:   map[string]int{},
	}
}

// Sizes is the memory layout that the names are about.
func (s *Symbols) Sizes() types.Sizes { return s.sizes }

// Symbol is the linker symbol of t's descriptor: the same for identical types, different for others.
func (s *Symbols) Symbol(t types.Type) string { return "type:" + s.Unique(t) }

// Unique is a string that identifies t in the program: import paths in full, types declared in functions with their place.
func (s *Symbols) Unique(t types.Type) string {
	if name, ok := s.fast[t]; ok {
		return name
	}
	name, ok := s.unique.At(t).(string)
	if !ok {
		w := typeWriter{sym: s, paths: true, unique: true}
		w.typ(t)
		name = w.String()
		s.unique.Set(t, name)
	}
	s.fast[t] = name
	return name
}

// Hash is the hash of t in its descriptor and itabs: FNV-1a of its unique name.
func (s *Symbols) Hash(t types.Type) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.Unique(t)))
	return h.Sum32()
}

// String is t as reflect's Type.String shows it.
func (s *Symbols) String(t types.Type) string {
	w := typeWriter{sym: s}
	w.typ(t)
	return w.String()
}

// PkgPath is the import path of pkg as the linker knows it: a command's package is "main".
func PkgPath(pkg *types.Package) string {
	switch {
	case pkg == nil:
		return ""
	case pkg.Name() == "main":
		return "main"
	}
	return pkg.Path()
}

// local tells apart types of one name that are declared in different functions or instances: "" for a package's own.
func (s *Symbols) local(obj *types.TypeName) string {
	if obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() {
		return ""
	}
	if suffix, ok := s.locals[obj]; ok {
		return suffix
	}
	if obj.Parent() == nil && obj.Pkg().Scope().Lookup(obj.Name()) == obj {
		return ""
	}
	suffix := "·"
	if pos := s.fset.Position(obj.Pos()); pos.IsValid() {
		suffix += fmt.Sprintf("%d.%d", pos.Line, pos.Column)
	}
	key := PkgPath(obj.Pkg()) + "." + obj.Name() + suffix
	s.seen[key]++
	if n := s.seen[key]; n > 1 {
		suffix += "·" + strconv.Itoa(n)
	}
	s.locals[obj] = suffix
	return suffix
}

// typeWriter renders types in the syntax of Go's linker symbols and reflect strings.
type typeWriter struct {
	strings.Builder
	sym    *Symbols
	paths  bool // qualify by import path instead of package name
	unique bool // mark local types and unexported fields' packages
	args   int  // how many lists of type arguments are open
}

func (w *typeWriter) typ(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		w.basic(t)
	case *types.Named:
		w.named(t)
	case *types.Pointer:
		w.WriteByte('*')
		w.typ(t.Elem())
	case *types.Slice:
		w.WriteString("[]")
		w.typ(t.Elem())
	case *types.Array:
		fmt.Fprintf(w, "[%d]", t.Len())
		w.typ(t.Elem())
	case *types.Map:
		w.WriteString("map[")
		w.typ(t.Key())
		w.WriteByte(']')
		w.typ(t.Elem())
	case *types.Chan:
		w.channel(t)
	case *types.Signature:
		w.WriteString("func")
		w.signature(t)
	case *types.Struct:
		w.structure(t)
	case *types.Interface:
		w.iface(t)
	case *types.Tuple:
		w.tuple(t, false)
	case *types.TypeParam:
		w.WriteString(t.Obj().Name())
	default:
		panic(fmt.Sprintf("rtype: no name for type %T %v", t, t))
	}
}

func (w *typeWriter) basic(t *types.Basic) {
	switch t.Kind() {
	case types.UnsafePointer:
		w.WriteString("unsafe.Pointer")
	case types.Uint8:
		w.WriteString("uint8")
	case types.Int32:
		w.WriteString("int32")
	default:
		w.WriteString(t.Name())
	}
}

func (w *typeWriter) named(t *types.Named) {
	obj := t.Obj()
	if pkg := obj.Pkg(); pkg != nil {
		if w.paths {
			w.WriteString(PkgPath(pkg))
		} else {
			w.WriteString(pkg.Name())
		}
		w.WriteByte('.')
	}
	w.WriteString(obj.Name())
	if w.unique {
		w.WriteString(w.sym.local(obj))
		w.typeArgs(nil, t.TypeArgs())
		return
	}
	if w.sym.Locals == nil {
		w.typeArgs(nil, t.TypeArgs())
		return
	}
	w.typeArgs(w.sym.Locals.Implicit(obj), t.TypeArgs())
	if n := w.sym.Locals.LocalNumber(obj); n > 0 && w.args > 0 {
		w.WriteString("·" + strconv.Itoa(n)) // gc leaves it out only where the type itself is named
	}
}

// typeArgs writes the type arguments of a type, behind those of the generic function that it is declared in.
func (w *typeWriter) typeArgs(implicit []types.Type, explicit *types.TypeList) {
	if len(implicit) == 0 && explicit.Len() == 0 {
		return
	}
	paths := w.paths
	w.paths = true // gc spells type arguments with their import paths even in reflect's strings
	w.args++
	w.WriteByte('[')
	for i, t := range implicit {
		if i > 0 {
			w.WriteByte(',')
		}
		w.typ(t)
	}
	for i := range explicit.Len() {
		switch {
		case i > 0:
			w.WriteByte(',')
		case len(implicit) > 0:
			w.WriteByte(';')
		}
		w.typ(explicit.At(i))
	}
	w.WriteByte(']')
	w.args--
	w.paths = paths
}

func (w *typeWriter) channel(t *types.Chan) {
	elem := t.Elem()
	switch t.Dir() {
	case types.SendOnly:
		w.WriteString("chan<- ")
	case types.RecvOnly:
		w.WriteString("<-chan ")
	default:
		w.WriteString("chan ")
		if c, ok := types.Unalias(elem).(*types.Chan); ok && c.Dir() == types.RecvOnly {
			w.WriteByte('(')
			defer w.WriteByte(')')
		}
	}
	w.typ(elem)
}

func (w *typeWriter) signature(t *types.Signature) {
	w.tuple(t.Params(), t.Variadic())
	switch results := t.Results(); results.Len() {
	case 0:
	case 1:
		w.WriteByte(' ')
		w.typ(results.At(0).Type())
	default:
		w.WriteByte(' ')
		w.tuple(results, false)
	}
}

func (w *typeWriter) tuple(t *types.Tuple, variadic bool) {
	w.WriteByte('(')
	for i := range t.Len() {
		if i > 0 {
			w.WriteString(", ")
		}
		typ := t.At(i).Type()
		if s, ok := typ.Underlying().(*types.Slice); ok && variadic && i == t.Len()-1 {
			w.WriteString("...")
			typ = s.Elem()
		}
		w.typ(typ)
	}
	w.WriteByte(')')
}

func (w *typeWriter) structure(t *types.Struct) {
	w.WriteString("struct {")
	for i := range t.NumFields() {
		if i > 0 {
			w.WriteByte(';')
		}
		w.WriteByte(' ')
		f := t.Field(i)
		if !f.Embedded() {
			w.member(f)
			w.WriteByte(' ')
		} else if w.unique {
			w.WriteByte('?') // an embedded field is not the same as one that has the type's name
			w.member(f)
			w.WriteByte(' ')
		}
		w.typ(f.Type())
		if tag := t.Tag(i); tag != "" {
			w.WriteByte(' ')
			w.WriteString(strconv.Quote(tag))
		}
	}
	if t.NumFields() > 0 {
		w.WriteByte(' ')
	}
	w.WriteByte('}')
}

// member writes a field's or method's name; unexported ones of different packages differ.
func (w *typeWriter) member(obj types.Object) {
	if w.unique && !obj.Exported() && obj.Pkg() != nil {
		w.WriteString(PkgPath(obj.Pkg()))
		w.WriteByte('.')
	}
	w.WriteString(obj.Name())
}

func (w *typeWriter) iface(t *types.Interface) {
	if t.NumMethods() == 0 {
		w.WriteString("interface {}")
		return
	}
	w.WriteString("interface {")
	for i, m := range SortedMethods(t) {
		if i > 0 {
			w.WriteByte(';')
		}
		w.WriteByte(' ')
		if !m.Exported() && !w.unique {
			w.WriteString(m.Pkg().Name() + ".")
		}
		w.member(m)
		w.signature(m.Signature())
	}
	w.WriteString(" }")
}
