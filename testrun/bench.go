package testrun

import "regexp"

// result is the testing package's line of a benchmark, up to the time.
var result = regexp.MustCompile(`^(Benchmark\S*\s+\d+\s+([0-9.]+) ns/op)(.*)\n$`)

// withInstructions adds to the result of a benchmark the number of instructions for each operation.
//
// Benchmarks run with virtual time that advances by a nanosecond for each executed instruction (QEMU's -icount shift=0), and the testing package
// reads the clock right where it starts and stops its timer. So the nanoseconds of an operation are its instructions, exact up to one tick
// of the device's clock for the whole run, and the same every time; unless the benchmark waits, which takes time but
// no instructions. The number stands as a metric of its own, because that is what it means.
func withInstructions(line []byte) []byte {
	return result.ReplaceAll(line, []byte("$1\t$2 insn/op$3\n"))
}
