//go:build mote

package runtime

import (
	"internal/abi"
	"unsafe"
)

// stringer is fmt.Stringer.
type stringer interface{ String() string }

// fatalpanic ends the program for p, which nobody recovered.
//
//go:noinline
func fatalpanic(p *panicState) {
	prepareprint(p)
	startdying()
	printpanics(p)
	pc, sp := getpc(), getsp()
	if spare.user == getg() {
		pc, sp = returnToStack()
	}
	tracebackRunning(pc, sp)
	exit(exitPanic)
}

// prepareprint replaces errors and Stringers in the chain of p by their texts, while their methods may still panic.
func prepareprint(p *panicState) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			throw("panic while printing panic value: " + r)
		default:
			throw("panic while printing panic value: type " + typeString(efaceOf(&r).Type))
		}
	}()
	for ; p != nil; p = p.link {
		if p.link != nil && *efaceOf(&p.link.arg) == *efaceOf(&p.arg) {
			p.link.repeated = true
			continue
		}
		switch v := p.arg.(type) {
		case error:
			p.arg = v.Error()
		case stringer:
			p.arg = v.String()
		}
	}
}

// printpanics prints p and, before it, what was under way when it began. A value panicked again is printed once.
func printpanics(p *panicState) {
	if p.link != nil {
		printpanics(p.link)
		if p.link.repeated {
			return
		}
		if !p.link.goexit {
			print("\t")
		}
	}
	if p.goexit {
		return
	}
	print("panic: ")
	printpanicval(p.arg)
	switch {
	case p.recovered && p.repeated:
		print(" [recovered, repanicked]")
	case p.recovered:
		print(" [recovered]")
	}
	print("\n")
}

// printpanicval prints a panic's value as Go does: basic types as print does, with the type's name around it when
// it is not predeclared; others by type and address.
func printpanicval(v any) {
	t := efaceOf(&v).Type
	data := efaceOf(&v).Data
	if t == nil {
		print("nil")
		return
	}
	kind := t.Kind()
	if kind != abi.String && (kind < abi.Bool || kind > abi.Complex128) {
		print("(", typeString(t), ") ", data)
		return
	}
	open, close := "", ""
	if typePkgPath(t) != "" {
		open, close = typeString(t)+"(", ")"
		switch kind {
		case abi.String:
			open, close = open+`"`, `")`
		case abi.Complex64, abi.Complex128:
			open, close = open[:len(open)-1], "" // print puts them in parentheses itself
		}
	}
	print(open)
	printbasic(kind, data)
	print(close)
}

// printbasic prints a value of a basic kind.
//
// Safety: the data word of an interface of such a kind points at a value of that size.
func printbasic(kind abi.Kind, data unsafe.Pointer) {
	switch kind {
	case abi.Bool:
		print(*(*bool)(data))
	case abi.Int, abi.Int32:
		print(*(*int32)(data))
	case abi.Int8:
		print(*(*int8)(data))
	case abi.Int16:
		print(*(*int16)(data))
	case abi.Int64:
		print(*(*int64)(data))
	case abi.Uint, abi.Uint32, abi.Uintptr:
		print(*(*uint32)(data))
	case abi.Uint8:
		print(*(*uint8)(data))
	case abi.Uint16:
		print(*(*uint16)(data))
	case abi.Uint64:
		print(*(*uint64)(data))
	case abi.Float32, abi.Float64, abi.Complex64, abi.Complex128:
		printinexact(kind, data)
	case abi.String:
		printindented(*(*string)(data))
	}
}

// printinexact prints a floating point or complex value. The compiler knows it by name: in a program that never has such a value in
// an interface it does nothing, which saves the conversion to decimal, some 30 KB.
//
// Safety: as for printbasic.
//
//go:noinline
func printinexact(kind abi.Kind, data unsafe.Pointer) {
	switch kind {
	case abi.Float32:
		print(*(*float32)(data))
	case abi.Float64:
		print(*(*float64)(data))
	case abi.Complex64:
		print(*(*complex64)(data))
	case abi.Complex128:
		print(*(*complex128)(data))
	}
}

// printindented prints a text with a tab after each line break.
func printindented(s string) {
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			print(s[:i+1], "\t")
			s = s[i+1:]
			i = -1
		}
	}
	print(s)
}
