package watch

//go:generate go run sysname_gen.go

import (
	"strconv"
	"strings"
)

// sysname is the name of a system call of this architecture, or its number.
func sysname(number int) string {
	next := 0
	for _, word := range strings.Fields(sysnames) {
		if n, name, ok := strings.Cut(word, ":"); ok {
			next, _ = strconv.Atoi(n)
			word = name
		}
		if next == number {
			return word
		}
		next++
	}
	return "call " + strconv.Itoa(number)
}
