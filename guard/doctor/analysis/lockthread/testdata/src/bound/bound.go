package bound

import (
	"runtime"
	"syscall"
)

func threadID() int {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return syscall.Gettid()
}
