// Package folklore has no code of its own: its folders are experiments on what is often said of Go's scheduler and does not hold. Each prints what it
// measured, in a few seconds: go run ./folklore/reserve. Their tests assert what follows for any machine. doc/guide/scheduler-folklore.md tells
// of the results.
package folklore
