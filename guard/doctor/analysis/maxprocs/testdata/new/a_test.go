package a

import (
	"runtime"
	"testing"
)

func TestOne(t *testing.T) { runtime.GOMAXPROCS(1) }
