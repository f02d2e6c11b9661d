package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// signature is how a Go function type is called: doc/spec/abi.md, Functions.
type signature struct {
	code    llvm.FuncType // without the nest parameter
	params  []types.Type  // receiver first
	results []types.Type
	direct  []int // the results returned in registers, by index
	memory  []int // the results written through hidden pointers, by index
}

type sigKey struct {
	sig    *types.Signature
	invoke bool
}

// signature returns the convention of sig; a receiver is the first parameter.
func (l *lowerer) signature(sig *types.Signature) *signature {
	return l.cachedSignature(sigKey{sig, false})
}

// invokeSignature returns the convention of a method called through an itab: the receiver is the data word.
func (l *lowerer) invokeSignature(sig *types.Signature) *signature {
	return l.cachedSignature(sigKey{sig, true})
}

func (l *lowerer) cachedSignature(key sigKey) *signature {
	s := l.sigs[key]
	if s == nil {
		var params []types.Type
		if key.invoke {
			params = append(params, types.Typ[types.UnsafePointer])
		} else if recv := key.sig.Recv(); recv != nil {
			params = append(params, recv.Type())
		}
		s = l.newSignature(append(params, tupleTypes(key.sig.Params())...), tupleTypes(key.sig.Results()))
		l.sigs[key] = s
	}
	return s
}

// newSignature makes the convention of a function with these parameters and results.
func (l *lowerer) newSignature(params, results []types.Type) *signature {
	s := &signature{params: params, results: results}
	for _, t := range params {
		s.code.Params = append(s.code.Params, l.types.value(t))
	}
	var direct []llvm.Type
	for i, t := range results {
		if l.types.isMemory(t) {
			s.memory = append(s.memory, i)
			s.code.Params = append(s.code.Params, llvm.Ptr)
		} else {
			s.direct = append(s.direct, i)
			direct = append(direct, l.types.value(t))
		}
	}
	switch len(direct) {
	case 0:
		s.code.Result = llvm.Void
	case 1:
		s.code.Result = direct[0]
	default:
		s.code.Result = llvm.Struct(direct...)
	}
	return s
}

func tupleTypes(t *types.Tuple) []types.Type {
	out := make([]types.Type, t.Len())
	for i := range out {
		out[i] = t.At(i).Type()
	}
	return out
}

// codeType is the LLVM type of fn's code: its convention, and the closure when it has free variables.
func (l *lowerer) codeType(fn *ssa.Function) llvm.FuncType {
	t := l.signature(fn.Signature).code
	if len(fn.FreeVars) > 0 {
		t = withNest(t)
	}
	return t
}

func withNest(t llvm.FuncType) llvm.FuncType {
	t.Params = append(t.Params[:len(t.Params):len(t.Params)], llvm.NestParam)
	return t
}

// call is a call to be emitted.
type call struct {
	sig   *signature
	code  llvm.Value
	args  []llvm.Value // receiver first, without hidden pointers
	nest  llvm.Value   // the closure, when called through a func value
	attrs []string     // call-site attributes
}

// emitCall calls and returns the results in order, memory-class ones as pointers to fresh temporaries.
func (f *function) emitCall(c call) []llvm.Value {
	args := append([]llvm.Value(nil), c.args...)
	results := make([]llvm.Value, len(c.sig.results))
	for _, i := range c.sig.memory {
		results[i] = f.temp(c.sig.results[i])
		args = append(args, results[i])
	}
	t := c.sig.code
	if c.nest.IsValid() {
		t = withNest(t)
		args = append(args, llvm.Nest(c.nest))
		if f.l.Target.GOARCH == "thumb" && argumentWords(args) > 4 {
			// With r0 to r3 taken by arguments and r12 by the closure, LLVM 19 finds no register for the target of a tail call.
			c.attrs = append(c.attrs[:len(c.attrs):len(c.attrs)], llvm.NoTail)
		}
	}
	if f.l.Reach.Callers { // each call keeps its own source line
		c.attrs = append(c.attrs[:len(c.attrs):len(c.attrs)], "nomerge")
	}
	out := f.b.Call(t, c.code, args, c.attrs...)
	if len(c.sig.direct) == 1 {
		results[c.sig.direct[0]] = out
		return results
	}
	for n, i := range c.sig.direct {
		results[i] = f.b.ExtractValue(out, n)
	}
	return results
}

// argumentWords is how many registers the arguments would fill.
func argumentWords(args []llvm.Value) int {
	n := 0
	for _, a := range args {
		n += typeWords(a.Type)
	}
	return n
}

func typeWords(t llvm.Type) int {
	switch {
	case t.IsStruct():
		n := 0
		for _, e := range t.Elems() {
			n += typeWords(e)
		}
		return n
	case t.IsArray():
		return typeWords(t.Elem(0))
	}
	return max(1, t.Bits()/32)
}
