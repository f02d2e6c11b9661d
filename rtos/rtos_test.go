package rtos_test

import (
	"errors"
	"testing"
	"time"

	"mote/rtos"
)

// These tests run on the host and, by mote test ./rtos, on a device.

func TestSemaphoreCounts(t *testing.T) {
	var s rtos.Semaphore
	if s.TryTake() {
		t.Fatal("a unit of the zero value")
	}
	s.Give()
	s.Give()
	if s.Count() != 2 {
		t.Errorf("Count is %d after two Gives", s.Count())
	}
	s.Take()
	if !s.TryTake() || s.TryTake() {
		t.Error("two Gives are not two units")
	}
}

func TestSemaphoreTimeout(t *testing.T) {
	var s rtos.Semaphore
	begin := rtos.Now()
	if err := s.TakeWithin(rtos.Within(20 * time.Millisecond)); !errors.Is(err, rtos.ErrTimeout) {
		t.Fatalf("TakeWithin of nothing: %v", err)
	}
	if waited := rtos.Now() - begin; waited < int64(20*time.Millisecond) {
		t.Errorf("it waited %d ns", waited)
	}
	s.Give()
	if s.Count() != 1 {
		t.Error("the waiter that gave up got the unit")
	}
}

func TestSemaphoreHandsOverByPriority(t *testing.T) {
	var s, ready, done rtos.Semaphore
	order := make(chan rtos.Priority, 3)
	for _, p := range []rtos.Priority{4, 6, 5} {
		rtos.Go(rtos.Task{Name: "taker", Priority: p}, func() {
			ready.Give()
			s.Take()
			order <- p
			done.Give()
		})
		ready.Take()
	}
	settle()
	for _, want := range []rtos.Priority{6, 5, 4} {
		s.Give()
		done.Take()
		if got := <-order; got != want {
			t.Errorf("the taker of priority %d came before that of %d", got, want)
		}
	}
}

// settle gives goroutines of the host that are about to wait the time to do so. On a device they are more urgent and have done so.
func settle() { rtos.SleepUntil(rtos.Now() + int64(20*time.Millisecond)) }

func TestMutex(t *testing.T) {
	var m rtos.Mutex
	m.Lock()
	if m.TryLock() {
		t.Error("TryLock of one's own mutex")
	}
	if err := m.LockWithin(rtos.Forever); !errors.Is(err, rtos.ErrDeadlock) {
		t.Errorf("LockWithin of one's own mutex: %v", err)
	}
	locked := make(chan error)
	rtos.Go(rtos.Task{Name: "other", Priority: rtos.DefaultPriority}, func() {
		locked <- m.LockWithin(rtos.Within(5 * time.Millisecond))
		locked <- m.LockWithin(rtos.Forever)
		m.Unlock()
		locked <- nil
	})
	if err := <-locked; !errors.Is(err, rtos.ErrTimeout) {
		t.Errorf("LockWithin of a held mutex: %v", err)
	}
	m.Unlock()
	if err := <-locked; err != nil {
		t.Errorf("LockWithin of a free mutex: %v", err)
	}
	<-locked
	func() {
		defer func() {
			if recover() == nil {
				t.Error("Unlock of a free mutex does not panic")
			}
		}()
		m.Unlock()
	}()
}

func TestDeadlockIsAnError(t *testing.T) {
	var a, b rtos.Mutex
	held, result := make(chan bool), make(chan error)
	rtos.Go(rtos.Task{Name: "first", Priority: rtos.DefaultPriority}, func() {
		a.Lock()
		held <- true
		<-held
		err := b.LockWithin(rtos.Forever) // waits for the test
		if err == nil {
			b.Unlock()
		}
		a.Unlock()
		result <- err
	})
	b.Lock()
	<-held
	held <- true
	settle()
	if err := a.LockWithin(rtos.Forever); !errors.Is(err, rtos.ErrDeadlock) {
		t.Errorf("the lock that closes the circle: %v", err)
	}
	b.Unlock()
	if err := <-result; err != nil {
		t.Errorf("the other one: %v", err)
	}
}

func TestCeiling(t *testing.T) {
	m := rtos.Mutex{Ceiling: 2}
	if err := m.LockWithin(rtos.Forever); !errors.Is(err, rtos.ErrCeiling) {
		t.Errorf("a lock from above the ceiling: %v", err)
	}
}

func TestEvents(t *testing.T) {
	var e rtos.Events
	if _, err := e.WaitAny(1, rtos.Within(2*time.Millisecond)); !errors.Is(err, rtos.ErrTimeout) {
		t.Errorf("WaitAny of nothing: %v", err)
	}
	got := make(chan uint32)
	rtos.Go(rtos.Task{Name: "all", Priority: rtos.DefaultPriority}, func() {
		flags, _ := e.WaitAll(5, rtos.Forever)
		got <- flags
	})
	settle()
	e.Set(1)
	e.Set(2)
	select {
	case <-got:
		t.Error("WaitAll came back with one of two flags")
	default:
	}
	e.Set(4)
	if flags := <-got; flags != 7 {
		t.Errorf("WaitAll returned %d", flags)
	}
	e.Clear(3)
	if e.Get() != 4 {
		t.Errorf("Get is %d after Clear", e.Get())
	}
	if flags, err := e.WaitAny(6, rtos.Timeout{}); flags != 4 || err != nil {
		t.Errorf("WaitAny of a flag that is set: %d, %v", flags, err)
	}
}

func TestChannels(t *testing.T) {
	ch := make(chan int, 1)
	if err := rtos.Send(ch, 7, rtos.Timeout{}); err != nil {
		t.Errorf("Send to an empty buffer: %v", err)
	}
	if rtos.TrySend(ch, 8) {
		t.Error("TrySend to a full buffer")
	}
	if err := rtos.Send(ch, 8, rtos.Within(2*time.Millisecond)); !errors.Is(err, rtos.ErrTimeout) {
		t.Errorf("Send to a full buffer: %v", err)
	}
	if v, err := rtos.Recv(ch, rtos.Forever); v != 7 || err != nil {
		t.Errorf("Recv: %d, %v", v, err)
	}
	if _, err := rtos.Recv(ch, rtos.Within(2*time.Millisecond)); !errors.Is(err, rtos.ErrTimeout) {
		t.Errorf("Recv from an empty buffer: %v", err)
	}
	close(ch)
	if _, err := rtos.Recv(ch, rtos.Forever); !errors.Is(err, rtos.ErrClosed) {
		t.Errorf("Recv from a closed channel: %v", err)
	}
	if err := rtos.Send(ch, 1, rtos.Forever); !errors.Is(err, rtos.ErrClosed) {
		t.Errorf("Send to a closed channel: %v", err)
	}
	if err := rtos.Send(nil, 1, rtos.Within(time.Millisecond)); !errors.Is(err, rtos.ErrTimeout) {
		t.Errorf("Send to no channel: %v", err)
	}
}

// TestChannelsOfAllSizes sends elements that are copied under mask, and larger ones.
func TestChannelsOfAllSizes(t *testing.T) {
	exchange(t, byte(200))
	exchange(t, [3]byte{1, 2, 3})
	exchange(t, uint64(1)<<40+1)
	exchange(t, [8]uint32{1, 7: 8})
	exchange(t, [9]uint32{1, 8: 9})
	exchange(t, [100]byte{99: 1})
	exchange(t, "text")
}

func exchange[T comparable](t *testing.T, v T) {
	t.Helper()
	for _, size := range []int{0, 1, 3} {
		ch, back := make(chan T, size), make(chan T, size)
		go func() {
			for range 10 {
				got, err := rtos.Recv(ch, rtos.Forever)
				if err != nil {
					t.Error(err)
				}
				back <- got
			}
		}()
		for range 10 {
			if err := rtos.Send(ch, v, rtos.Forever); err != nil {
				t.Error(err)
			}
			if got := <-back; got != v {
				t.Errorf("%v came back as %v through a buffer of %d", v, got, size)
			}
		}
	}
}

func TestTask(t *testing.T) {
	names := make(chan string)
	g := rtos.Go(rtos.Task{Name: "worker", Priority: 5}, func() {
		names <- rtos.Self().Name()
		<-names
	})
	if name := <-names; name != "worker" {
		t.Errorf("Self().Name() is %q", name)
	}
	if g.Name() != "worker" || g.Priority() != 5 {
		t.Errorf("it is %q with priority %d", g.Name(), g.Priority())
	}
	if !g.SetPriority(2) || g.Priority() != 2 {
		t.Errorf("after SetPriority(2) it has %d", g.Priority())
	}
	names <- ""
	settle()
	if g.Name() != "" || g.SetPriority(1) {
		t.Error("it has ended and still answers")
	}
}

func TestPeriod(t *testing.T) {
	p := rtos.Every(10 * time.Millisecond)
	first := p.Due()
	if off := first % int64(rtos.TickLength()); off != 0 {
		t.Errorf("the period ends %d ns behind a tick", off)
	}
	p.Wait()
	if now := rtos.Now(); now < first {
		t.Errorf("Wait came back %d ns early", first-now)
	}
	rtos.SleepUntil(first + int64(35*time.Millisecond))
	if missed := p.Wait(); missed < 2 {
		t.Errorf("%d periods missed after 35 ms", missed)
	}
}
