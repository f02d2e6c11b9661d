package a

import "runtime"

const half = 2

func set(n int) {
	runtime.GOMAXPROCS(1)                         // want `GOMAXPROCS is set to the constant 1`
	runtime.GOMAXPROCS(half * 2)                  // want `GOMAXPROCS is set to the constant 4`
	runtime.GOMAXPROCS(runtime.NumCPU() - 1)      // want `GOMAXPROCS is lowered`
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) / 2) // want `GOMAXPROCS is lowered`
	defer runtime.GOMAXPROCS(runtime.NumCPU())    // want `the default without a CPU quota`
	runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(-1)
	runtime.GOMAXPROCS(n)
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
}

type other struct{}

func (other) GOMAXPROCS(int) {}

func unrelated(o other) { o.GOMAXPROCS(1) }
