//go:build mote && !gc.none

package runtime

// checkTasks ends the program if it may not have one goroutine more. With the lock held.
func checkTasks() {}
