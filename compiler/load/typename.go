package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// typeString writes t with full package paths, see Program.TypeString.
func (n *names) typeString(t types.Type) string {
	w := typeWriter{names: n}
	w.write(t)
	return w.String()
}

// typeWriter is a strings.Builder that knows types. go/types' own writer gives one text to different types: those declared in
// functions, and structs and interfaces with unexported members of different packages.
type typeWriter struct {
	strings.Builder
	names *names
}

func (w *typeWriter) write(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		w.basic(t)
	case *types.Pointer:
		w.prefixed("*", t.Elem())
	case *types.Slice:
		w.prefixed("[]", t.Elem())
	case *types.Array:
		w.prefixed("["+strconv.FormatInt(t.Len(), 10)+"]", t.Elem())
	case *types.Map:
		w.prefixed("map[", t.Key())
		w.prefixed("]", t.Elem())
	case *types.Chan:
		w.channel(t)
	case *types.Struct:
		w.structure(t)
	case *types.Interface:
		w.iface(t)
	case *types.Signature:
		w.WriteString("func")
		w.signature(t)
	case *types.Tuple:
		w.tuple(t, false)
	case *types.Named:
		w.named(t)
	case *types.TypeParam:
		w.WriteString(t.Obj().Name())
	default:
		w.WriteString(t.String())
	}
}

func (w *typeWriter) prefixed(prefix string, t types.Type) {
	w.WriteString(prefix)
	w.write(t)
}

// basic writes byte as uint8 and rune as int32, which they are.
func (w *typeWriter) basic(t *types.Basic) {
	if t.Kind() == types.UnsafePointer {
		w.WriteString("unsafe.Pointer")
		return
	}
	w.WriteString(types.Typ[t.Kind()].Name())
}

func (w *typeWriter) channel(t *types.Chan) {
	switch t.Dir() {
	case types.SendOnly:
		w.WriteString("chan<- ")
	case types.RecvOnly:
		w.WriteString("<-chan ")
	default:
		w.WriteString("chan ")
		if elem, ok := types.Unalias(t.Elem()).(*types.Chan); ok && elem.Dir() == types.RecvOnly {
			w.WriteByte('(')
			w.write(elem)
			w.WriteByte(')')
			return
		}
	}
	w.write(t.Elem())
}

func (w *typeWriter) structure(t *types.Struct) {
	w.WriteString("struct {")
	for i := range t.NumFields() {
		if i > 0 {
			w.WriteByte(';')
		}
		f := t.Field(i)
		w.WriteByte(' ')
		if f.Embedded() {
			w.WriteString("? ") // not a name: a field of that name and type is another thing
		}
		w.member(f)
		w.WriteByte(' ')
		w.write(f.Type())
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

// member writes the name of a field or method; an unexported one belongs to its package.
func (w *typeWriter) member(obj types.Object) {
	if !obj.Exported() && obj.Pkg() != nil {
		w.WriteString(obj.Pkg().Path())
		w.WriteByte('.')
	}
	w.WriteString(obj.Name())
}

func (w *typeWriter) iface(t *types.Interface) {
	methods := make([]*types.Func, t.NumMethods())
	for i := range methods {
		methods[i] = t.Method(i)
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return strings.Compare(a.Id(), b.Id()) })
	w.WriteString("interface {")
	for i, m := range methods {
		if i > 0 {
			w.WriteByte(';')
		}
		w.WriteByte(' ')
		w.member(m)
		w.signature(m.Signature())
	}
	if len(methods) > 0 {
		w.WriteByte(' ')
	}
	w.WriteByte('}')
}

func (w *typeWriter) signature(t *types.Signature) {
	w.tuple(t.Params(), t.Variadic())
	switch results := t.Results(); results.Len() {
	case 0:
	case 1:
		w.prefixed(" ", results.At(0).Type())
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
		if s, ok := typ.(*types.Slice); ok && variadic && i == t.Len()-1 {
			w.prefixed("...", s.Elem())
			continue
		}
		w.write(typ)
	}
	w.WriteByte(')')
}

func (w *typeWriter) named(t *types.Named) {
	obj := t.Obj()
	if obj.Pkg() != nil {
		w.WriteString(obj.Pkg().Path())
		w.WriteByte('.')
	}
	w.WriteString(obj.Name())
	if obj.Pkg() != nil && obj.Parent() != obj.Pkg().Scope() {
		w.WriteString(w.names.local(obj))
	}
	if args := t.TypeArgs(); args.Len() > 0 {
		w.WriteByte('[')
		for i := range args.Len() {
			if i > 0 {
				w.WriteByte(',')
			}
			w.write(args.At(i))
		}
		w.WriteByte(']')
	}
}

// local is the suffix of a type declared in a function: its number in the package, and for the second and further
// instances of a generic function a count.
func (n *names) local(obj *types.TypeName) string {
	if s, ok := n.suffix[obj]; ok {
		return s
	}
	pkg := obj.Pkg()
	s := "·" + strconv.Itoa(n.localNumbers(n.prog.ByTypes[pkg])[obj.Pos()])
	key := pkg.Path() + s
	n.copies[key]++
	if count := n.copies[key]; count > 1 {
		s += "·" + strconv.Itoa(count)
	}
	n.suffix[obj] = s
	return s
}

// localNumbers numbers the types that are declared in functions of pkg, file by file in source order.
func (n *names) localNumbers(pkg *Package) map[token.Pos]int {
	numbers := n.locals[pkg.Types]
	if numbers == nil {
		numbers = make(map[token.Pos]int)
		for _, file := range pkg.Files {
			numberLocals(pkg, file, numbers)
		}
		n.locals[pkg.Types] = numbers
	}
	return numbers
}

func numberLocals(pkg *Package, file *ast.File, numbers map[token.Pos]int) {
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.TypeSpec)
		if !ok || spec.Assign.IsValid() {
			return true
		}
		if obj := pkg.Info.Defs[spec.Name]; obj != nil && obj.Parent() != pkg.Types.Scope() {
			numbers[obj.Pos()] = len(numbers) + 1
		}
		return true
	})
}
