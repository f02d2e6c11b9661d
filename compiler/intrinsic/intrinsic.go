// Package intrinsic names the functions that the compiler writes in place of a call, so that they need no Go body.
//
// It is a list of names and nothing else: package lower has the code for each, package reach needs to know that a body is
// not missing. Keeping it apart avoids an import cycle.
package intrinsic

// Has reports whether the function with that linker symbol is an intrinsic. A function that has a body as well is
// replaced by its intrinsic all the same.
func Has(symbol string) bool { return names()[symbol] }
