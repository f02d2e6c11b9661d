package raw_test

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/internal/raw"
)

func TestCPUTimer(t *testing.T) {
	const number = syscall.Signal(61)
	rung := make(chan os.Signal, 1)
	signal.Notify(rung, number) // for good: a signal that was on its way would end the program
	timer, err := raw.NewCPUTimer(number)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := raw.ProcessTime()
	if err := timer.Set(20 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for waiting := true; waiting; { // computing is what it waits for
		select {
		case <-rung:
			waiting = false
		default:
		}
	}
	if after, _ := raw.ProcessTime(); after-before < 20*time.Millisecond {
		t.Errorf("rang after %v of processor time, want 20ms", after-before)
	}
	if err := timer.Close(); err != nil {
		t.Error(err)
	}
	if timer.Set(time.Hour) == nil || timer.Close() == nil {
		t.Error("a deleted timer gives no error")
	}
	if _, err := raw.NewCPUTimer(1000); err == nil {
		t.Error("a signal that does not exist gives no error")
	}
}
