// Package doctor looks for what makes goroutines wait: in the sources of packages, in a binary, and in a running process. It finds
// known risks by rules, each with its reason and what to do; it measures nothing, which is what the guard itself is for.
//
// Packages runs the go/analysis analyzers of package doctor/analysis. ReadBinary and Binary.Check look at the build information that the Go
// linker leaves in each binary; ReadProcess and Process.Check at what /proc tells of a process: environment, CPUs, quota, threads. All
// of them give a Result, which WriteText, WriteJSON and WriteSARIF print.
//
// Nothing is executed, attached to or written; of the process, nothing but /proc is read.
package doctor
