package lane

import (
	"context"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// nice is the calling thread's.
func nice(t *testing.T) (value int32, policy uint32) {
	attr, err := unix.SchedGetAttr(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return attr.Nice, attr.Policy
}

func TestOnlyTheLanesThreadIsLowered(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	mine, _ := nice(t)
	l := newLane(t, Config{Nice: 7})
	l.Do(context.Background(), func(context.Context) error {
		if value, policy := nice(t); value != max(7, mine) || policy != unix.SCHED_BATCH {
			t.Errorf("work runs with a nice value of %d and policy %d", value, policy)
		}
		child := make(chan int32)
		go func() {
			runtime.LockOSThread() // and ends with the thread
			value, _ := nice(t)
			child <- value
		}()
		if value := <-child; value != mine {
			t.Errorf("a goroutine that the work starts has a nice value of %d, want %d", value, mine)
		}
		return nil
	})
	if !l.Stats().Lowered {
		t.Error("Stats does not say that the priority is lowered")
	}
	if value, _ := nice(t); value != mine {
		t.Errorf("the caller's nice value is %d, and was %d", value, mine)
	}
}
