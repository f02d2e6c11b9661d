package reach

import "testing"

// TestNamesOfFunctionsAreNotForMessages: the panics of package reflect ask for names, which alone does not bring the table of functions.
func TestNamesOfFunctionsAreNotForMessages(t *testing.T) {
	const imports = "import (\"reflect\"; \"runtime\")\nvar _ = runtime.NumCPU\n"
	for _, c := range []struct {
		source  string
		callers bool
		reached []string
	}{
		{`func main() { println(reflect.ValueOf(1).NumField()) }`, false,
			[]string{"!reflect.valueMethodName", "!runtime.findFunction", "!runtime.Callers"}},
		{`func main() { println(reflect.ValueOf(1).NumField()); runtime.Caller(0) }`, true,
			[]string{"reflect.valueMethodName", "runtime.findFunction", "runtime.Callers"}},
	} {
		a := analyze(t, imports+c.source).must()
		if a.res.Callers != c.callers {
			t.Errorf("%s: Callers is %v", c.source, a.res.Callers)
		}
		a.reaches(c.reached...)
	}
}

func TestOptionalFunctionsComeWithTheirUsers(t *testing.T) {
	analyze(t, `
func main() { println(len(make([]int, len("ab")))) }`).must().reaches("runtime.mallocgc", "!runtime.profileAllocation")
	analyze(t, `
import "runtime"
func main() { println(runtime.MemProfile(nil, true)) }`).must().reaches("runtime.mallocgc", "runtime.profileAllocation")
}
