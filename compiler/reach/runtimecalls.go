package reach

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/rtype"
)

// runtimeCalls reaches the functions of package runtime that lowering may call for instr. This is the one table of them;
// lowering reports a function that it calls and that was not reached here.
func (a *analysis) runtimeCalls(instr ssa.Instruction) {
	trusted := Trusted(instr.Parent())
	for _, name := range RuntimeCalls(a.prog.Sizes, instr) {
		if !trusted || !checks(name) {
			a.runtime(name)
		}
	}
}

// RuntimeCalls names the functions of package runtime that the code of instr may call. Comparisons are left out: see compare.
func RuntimeCalls(sizes types.Sizes, instr ssa.Instruction) []string {
	switch i := instr.(type) {
	case *ssa.Alloc:
		if i.Heap {
			return []string{"newobject"}
		}
	case *ssa.BinOp:
		return binopCalls(i)
	case *ssa.UnOp:
		switch {
		case i.Op == token.ARROW && i.CommaOk:
			return []string{"chanrecv2"}
		case i.Op == token.ARROW:
			return []string{"chanrecv1"}
		case i.Op == token.MUL && !neverNil(i.X):
			return []string{"panicmem"}
		}
	case *ssa.Store:
		if !neverNil(i.Addr) {
			return []string{"panicmem"}
		}
	case *ssa.FieldAddr:
		if !neverNil(i.X) {
			return []string{"panicmem"}
		}
	case *ssa.IndexAddr, *ssa.Index:
		return []string{"panicmem", "panicIndex", "panicIndexU", "panicBounds", "panicBounds64"}
	case *ssa.Slice:
		if a, ok := i.X.(*ssa.Alloc); ok && a.Comment == "makeslice" {
			return []string{"panicmakeslicelen", "panicmakeslicecap"}
		}
		return []string{"panicmem", "panicBounds", "panicBounds64"}
	case *ssa.SliceToArrayPointer:
		return []string{"panicSliceConvert"}
	case *ssa.ChangeInterface:
		if i.Type().Underlying().(*types.Interface).NumMethods() > 0 {
			return []string{"assertE2I", "assertE2I2"}
		}
	case *ssa.ChangeType:
		if ChangesItab(i.X.Type(), i.Type()) {
			return []string{"assertE2I2"}
		}
	case *ssa.MakeInterface:
		return boxCalls(sizes, i)
	case *ssa.TypeAssert:
		return assertCalls(i)
	case *ssa.Convert:
		return convertCalls(i.X.Type(), i.Type())
	case *ssa.MultiConvert:
		return convertCalls(i.X.Type(), i.Type())
	case *ssa.MakeClosure:
		return []string{"mallocgc"}
	case *ssa.MakeSlice:
		return []string{"makeslice", "makeslice64", "newobject", "panicmakeslicelen", "panicmakeslicecap"}
	case *ssa.MakeChan:
		return []string{"makechan", "makechan64"}
	case *ssa.MakeMap:
		return []string{"makemap_small", "makemap"}
	case *ssa.MapUpdate:
		return []string{"mapassign" + rtype.FastMap(sizes, i.Map.Type().Underlying().(*types.Map))}
	case *ssa.Lookup:
		return lookupCalls(sizes, i)
	case *ssa.Range:
		if _, ok := i.X.Type().Underlying().(*types.Map); ok {
			return []string{"mapIterStart"}
		}
	case *ssa.Next:
		if i.IsString {
			return []string{"decoderune"}
		}
		return []string{"mapIterNext"}
	case *ssa.Send:
		return []string{"chansend1"}
	case *ssa.Select:
		return selectCalls(i)
	case *ssa.Panic:
		return []string{"gopanic"}
	case *ssa.Go:
		return append(callCalls(&i.Call), "newproc", "mallocgc", "panicmem")
	case *ssa.Defer:
		return append(callCalls(&i.Call), "deferenter", "deferpush", "deferreturn", "mallocgc", "recoverforward", "panicmem")
	case *ssa.RunDefers:
		return []string{"deferreturn"}
	case *ssa.Call:
		return callCalls(&i.Call)
	}
	return nil
}

// neverNil reports whether an address is that of something that exists.
func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.Global, *ssa.FieldAddr, *ssa.FreeVar:
		return true
	case *ssa.IndexAddr:
		return true
	case *ssa.Slice:
		return neverNil(v.X)
	}
	return false
}

func binopCalls(i *ssa.BinOp) []string {
	if ChangesItab(i.Y.Type(), i.X.Type()) {
		return []string{"assertE2I2"}
	}
	b, ok := i.X.Type().Underlying().(*types.Basic)
	if !ok {
		return nil
	}
	switch i.Op {
	case token.ADD:
		if b.Info()&types.IsString != 0 {
			return []string{"concatstrings"}
		}
	case token.QUO, token.REM:
		if b.Info()&types.IsInteger != 0 {
			return []string{"panicdivide"}
		}
		if b.Info()&types.IsComplex != 0 {
			return []string{"complex128div"}
		}
	case token.SHL, token.SHR:
		return []string{"panicshift"}
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if b.Info()&types.IsString != 0 {
			return []string{"cmpstring"}
		}
	}
	return nil
}

func boxCalls(sizes types.Sizes, i *ssa.MakeInterface) []string {
	t := i.X.Type()
	if _, constant := i.X.(*ssa.Const); constant || rtype.IsDirect(sizes, t) || sizes.Sizeof(t) == 0 {
		return nil
	}
	return []string{"newobject"}
}

func assertCalls(i *ssa.TypeAssert) []string {
	var out []string
	if types.IsInterface(i.AssertedType) {
		out = append(out, "assertE2I2")
		if !i.CommaOk {
			out = append(out, "assertE2I", "panicnildottype")
		}
		return out
	}
	if !i.CommaOk {
		if i.X.Type().Underlying().(*types.Interface).NumMethods() > 0 {
			return append(out, "panicdottypeI")
		}
		out = append(out, "panicdottypeE")
	}
	return out
}

func convertCalls(from, to types.Type) []string {
	if isString(to) {
		switch u := from.Underlying().(type) {
		case *types.Basic:
			if u.Info()&types.IsInteger != 0 {
				return []string{"intstring"}
			}
			return nil
		case *types.Slice:
			if isByte(u.Elem()) {
				return []string{"slicebytetostring"}
			}
			return []string{"slicerunetostring"}
		}
		return []string{"intstring", "slicebytetostring", "slicerunetostring"}
	}
	if s, ok := to.Underlying().(*types.Slice); ok && isString(from) {
		if isByte(s.Elem()) {
			return []string{"stringtoslicebyte"}
		}
		return []string{"stringtoslicerune"}
	}
	return nil
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8
}

func lookupCalls(sizes types.Sizes, i *ssa.Lookup) []string {
	m, ok := i.X.Type().Underlying().(*types.Map)
	if !ok {
		return []string{"panicIndex", "panicIndexU", "panicBounds", "panicBounds64"}
	}
	name := "mapaccess1"
	if i.CommaOk {
		name = "mapaccess2"
	}
	variant := rtype.FastMap(sizes, m)
	if variant == "_fast32ptr" {
		variant = "_fast32" // one lookup serves all 4-byte keys
	}
	return []string{name + variant}
}

func selectCalls(i *ssa.Select) []string {
	switch {
	case len(i.States) == 0:
		return []string{"block"}
	case len(i.States) == 1 && !i.Blocking:
		return []string{"selectnbsend", "selectnbrecv", "selectgo"}
	}
	return []string{"selectgo"}
}

// callCalls are those of a call, whether now, deferred or in a goroutine.
func callCalls(c *ssa.CallCommon) []string {
	if c.IsInvoke() {
		return []string{"panicmem"}
	}
	switch v := c.Value.(type) {
	case *ssa.Builtin:
		return builtinCalls(v.Name(), c)
	case *ssa.Function, *ssa.MakeClosure:
		return nil
	}
	return []string{"panicmem"}
}

func builtinCalls(name string, c *ssa.CallCommon) []string {
	switch name {
	case "append":
		return []string{"growslice"}
	case "len", "cap":
		if _, ok := c.Args[0].Type().Underlying().(*types.Chan); ok {
			return []string{"chan" + name}
		}
	case "close":
		return []string{"closechan"}
	case "delete":
		return []string{"mapdelete"}
	case "clear":
		if _, ok := c.Args[0].Type().Underlying().(*types.Map); ok {
			return []string{"mapclear"}
		}
	case "min", "max":
		if isString(c.Args[0].Type()) {
			return []string{"cmpstring"}
		}
	case "panic":
		return []string{"gopanic"}
	case "recover":
		return []string{"gorecover", "recovertoken", "recoverforward", "deferrecover"}
	case "print", "println":
		return printCalls(name, c.Args)
	case "ssa:wrapnilchk":
		return []string{"panicwrap"}
	case "Slice", "SliceData":
		return []string{"panicunsafeslicelen", "panicunsafeslicenilptr"}
	case "String", "StringData":
		return []string{"panicunsafestringlen", "panicunsafestringnilptr"}
	}
	return nil
}
