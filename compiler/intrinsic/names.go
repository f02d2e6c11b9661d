package intrinsic

import "sync"

// names is the set of all intrinsics by linker symbol.
var names = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for pkg, funcs := range byPackage() {
		for _, f := range funcs {
			set[pkg+"."+f] = true
		}
	}
	return set
})

// byPackage lists the intrinsics of each package.
func byPackage() map[string][]string {
	return map[string][]string{
		"internal/abi": {"FuncPCABI0", "FuncPCABIInternal"},
	}
}
