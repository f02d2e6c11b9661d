package raw_test

import (
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mote-go/mote/guard/internal/raw"
)

func TestProcessTime(t *testing.T) {
	before, ok := raw.ProcessTime()
	var r syscall.Rusage
	for spent := time.Duration(0); ok && spent < 5*time.Millisecond; {
		now, _ := raw.ProcessTime()
		spent = now - before
	}
	after, ok := raw.ProcessTime()
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil || !ok {
		t.Fatal(err, ok)
	}
	if used := time.Duration(r.Utime.Nano() + r.Stime.Nano()); after <= before || after > used+time.Second {
		t.Errorf("process time went from %v to %v, resource usage says %v", before, after, used)
	}
}

func TestSetTimer(t *testing.T) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	if err := raw.SetTimer(uintptr(fd), time.Hour); err != nil {
		t.Fatal(err)
	}
	var left unix.ItimerSpec
	if err := unix.TimerfdGettime(fd, &left); err != nil || left.Value.Sec < 3500 || left.Interval.Nano() != 0 {
		t.Errorf("left is %+v, %v, want an hour, once", left, err)
	}
	if err := raw.SetTimer(^uintptr(0), time.Hour); err == nil {
		t.Error("no timer, and no error")
	}
}

func TestPause(t *testing.T) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	defer signal.Stop(signals)
	start, thread := time.Now(), make(chan int)
	go func() {
		id := <-thread
		for i := 0; i < 5; i++ {
			time.Sleep(time.Millisecond)
			unix.Tgkill(unix.Getpid(), id, unix.SIGUSR1)
		}
		close(thread)
	}()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	thread <- unix.Gettid()
	raw.Pause(20 * time.Millisecond)
	if d := time.Since(start); d < 20*time.Millisecond {
		t.Errorf("paused for %v, want 20ms", d)
	}
	<-thread
}

// Both accounts of processor time agree on a process that computes for many ticks, unless the machine stands still.
func TestTickedTime(t *testing.T) {
	tick, ok := raw.Tick()
	if !ok || tick < time.Millisecond/10 || tick > 20*time.Millisecond {
		t.Fatalf("a tick of %v, %v", tick, ok)
	}
	var missing time.Duration
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		used, _ := raw.ProcessTime()
		ticked, ok := raw.TickedTime()
		if !ok {
			t.Fatal("no account by ticks")
		}
		for now := used; now-used < 25*tick; {
			now, _ = raw.ProcessTime()
		}
		after, _ := raw.TickedTime()
		if missing = 25*tick - (after - ticked); missing.Abs() <= 15*tick { // where others compete, who runs when a tick comes is no accident
			return
		}
	}
	t.Errorf("%v missing of 25 ticks of %v", missing, tick)
}
