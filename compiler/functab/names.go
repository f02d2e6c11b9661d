package functab

import "strings"

// goName is the name that Go's runtime would show for a symbol, and how the function appears.
func goName(symbol string) (string, kind) {
	switch symbol {
	case "runtime.start", "runtime.taskmain":
		return "runtime.goexit", bottom // Go has a function of that name below all others
	case "runtime.callDeferred", "runtime.unwind", "runtime.deferreturn":
		return symbol, hidden
	}
	name, k := symbol, ordinary
	for i := strings.LastIndex(name, "·"); i >= 0; i = strings.LastIndex(name, "·") {
		suffix := name[i+len("·"):]
		if suffix == "i" {
			k = hidden // loads the receiver for a call through an interface
		} else if strings.Trim(suffix, "0123456789") != "" {
			break
		}
		name = name[:i]
	}
	if !strings.Contains(name, ".") || generated(name) {
		k = hidden
	}
	return shorten(strings.TrimSuffix(name, "-thunk")), k
}

// generated tells whether a function of that name stands nowhere in the source: thunks of statements and of methods.
func generated(name string) bool {
	if strings.HasSuffix(name, "-fm") || strings.HasSuffix(name, "-thunk") || strings.HasPrefix(name, "type:") {
		return true
	}
	last := strings.TrimRight(name, "0123456789")
	return last != name && (strings.HasSuffix(last, ".deferwrap") || strings.HasSuffix(last, ".gowrap"))
}

// shorten writes each list of type arguments as Go's runtime does: main.F[...].
func shorten(name string) string {
	var b strings.Builder
	depth := 0
	for _, r := range name {
		if r == '[' {
			if depth == 0 {
				b.WriteString("[...]")
			}
			depth++
		}
		if depth == 0 {
			b.WriteRune(r)
		}
		if r == ']' {
			depth--
		}
	}
	return b.String()
}
