// Package modes has no code of its own: its folders are programs that starve their goroutines in one way each, and one that does not. They show what
// the classifier says, measure how soon, and write execution traces for the culprit report: the lines to be named there end in the comment
// culprit. Run one with go run ./modes/hogs; -h lists the flags, which package harness defines.
package modes
