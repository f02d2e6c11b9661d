package a

import "runtime"

func setForTest() { runtime.GOMAXPROCS(1) }
