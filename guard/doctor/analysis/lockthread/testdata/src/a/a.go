package a

import "runtime"

func paired(work func()) {
	runtime.LockOSThread() // want `LockOSThread, but nothing in this package depends on the thread`
	defer runtime.UnlockOSThread()
	work()
}

func inLiteral(work func()) {
	runtime.LockOSThread() // want `LockOSThread, but nothing in this package depends on the thread`
	defer func() {
		runtime.UnlockOSThread()
	}()
	work()
}

func worker(c chan func()) {
	go func() {
		runtime.LockOSThread() // want `LockOSThread without UnlockOSThread`
		for f := range c {
			f()
		}
	}()
}
