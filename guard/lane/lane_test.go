package lane

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func newLane(t *testing.T, config Config) *Lane {
	t.Helper()
	l, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// block keeps the lane's only thread busy until the test lets go.
func block(t *testing.T, l *Lane) (release func()) {
	t.Helper()
	running, let := make(chan struct{}), make(chan struct{})
	var ended sync.WaitGroup
	ended.Add(1)
	go func() {
		defer ended.Done()
		l.Do(context.Background(), func(context.Context) error {
			close(running)
			<-let
			return nil
		})
	}()
	<-running
	return sync.OnceFunc(func() { close(let); ended.Wait() })
}

func TestDoRunsAndReturnsTheError(t *testing.T) {
	l := newLane(t, Config{})
	for _, want := range []error{nil, io.ErrUnexpectedEOF} {
		ran := false
		if err := l.Do(context.Background(), func(context.Context) error { ran = true; return want }); err != want || !ran {
			t.Errorf("Do gave %v, want %v; the work ran: %v", err, want, ran)
		}
	}
	if stats := l.Stats(); stats.Done != 2 || stats.Threads != 1 || stats.Running != 0 {
		t.Errorf("Stats says %+v after two pieces of work", stats)
	}
}

func TestAPanicSurfacesInDo(t *testing.T) {
	l := newLane(t, Config{})
	caught := func() (value any) {
		defer func() { value = recover() }()
		l.Do(context.Background(), func(context.Context) error { panic(io.ErrNoProgress) })
		return nil
	}()
	p, ok := caught.(*Panic)
	if !ok || p.Value != io.ErrNoProgress || !errors.Is(p, io.ErrNoProgress) || !strings.Contains(p.Error(), "TestAPanicSurfacesInDo") {
		t.Fatalf("Do panicked with %v", caught)
	}
	if err := l.Do(context.Background(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("the lane after a panic: %v", err)
	}
}

func TestWorkThatEndsItsGoroutine(t *testing.T) {
	l := newLane(t, Config{})
	if err := l.Do(context.Background(), func(context.Context) error { runtime.Goexit(); return nil }); err != ErrExit {
		t.Errorf("Do gave %v, want ErrExit", err)
	}
	if err := l.Do(context.Background(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("the lane afterwards: %v", err)
	}
}

func TestTheQueueIsBounded(t *testing.T) {
	l := newLane(t, Config{Queue: 2})
	release := block(t, l)
	var ran atomic.Int32
	var waiting sync.WaitGroup
	for range 2 {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			if err := l.Do(context.Background(), func(context.Context) error { ran.Add(1); return nil }); err != nil {
				t.Errorf("work that fits the queue: %v", err)
			}
		}()
	}
	for l.Stats().Waiting < 2 {
		runtime.Gosched()
	}
	if err := l.Do(context.Background(), func(context.Context) error { return nil }); err != ErrFull {
		t.Errorf("Do gave %v with a full queue, want ErrFull", err)
	}
	release()
	waiting.Wait()
	if stats := l.Stats(); ran.Load() != 2 || stats.Refused != 1 {
		t.Errorf("%d of 2 pieces of work ran; Stats says %+v", ran.Load(), stats)
	}
}

func TestAContextEndsTheWait(t *testing.T) {
	l := newLane(t, Config{})
	release := block(t, l)
	defer release()
	ctx, cancel := context.WithCancel(context.Background())
	got := make(chan error)
	go func() {
		got <- l.Do(ctx, func(context.Context) error { t.Error("work ran whose context had ended"); return nil })
	}()
	for l.Stats().Waiting < 1 {
		runtime.Gosched()
	}
	cancel()
	if err := <-got; err != context.Canceled {
		t.Errorf("Do gave %v", err)
	}
	if err := l.Do(ctx, nil); err != context.Canceled {
		t.Errorf("Do with a context that has ended gave %v", err)
	}
	if stats := l.Stats(); stats.Canceled != 1 {
		t.Errorf("Stats says %+v", stats)
	}
}

func TestRunningWorkGetsTheContext(t *testing.T) {
	l := newLane(t, Config{})
	ctx, cancel := context.WithCancel(context.Background())
	if err := l.Do(ctx, func(ctx context.Context) error { cancel(); <-ctx.Done(); return io.EOF }); err != io.EOF {
		t.Errorf("Do gave %v, want what the work returned", err)
	}
}

func TestCloseWaits(t *testing.T) {
	l := newLane(t, Config{})
	release := block(t, l)
	var ran atomic.Bool
	go l.Do(context.Background(), func(context.Context) error { ran.Store(true); return nil })
	for l.Stats().Waiting < 1 {
		runtime.Gosched()
	}
	closed := make(chan struct{})
	go func() { l.Close(); close(closed) }()
	shut := func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.closed
	}
	for !shut() {
		runtime.Gosched()
	}
	if err := l.Do(context.Background(), func(context.Context) error { return nil }); err != ErrClosed {
		t.Errorf("Do gave %v while the lane closes, want ErrClosed", err)
	}
	select {
	case <-closed:
		t.Error("Close returned while work was running")
	default:
	}
	release()
	<-closed
	if !ran.Load() {
		t.Error("Close returned before queued work had run")
	}
	if stats := l.Stats(); stats.Threads != 0 || stats.Extra != 0 {
		t.Errorf("Stats says %+v after Close", stats)
	}
}

func TestOneProcessorMoreWhileInUse(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	l := newLane(t, Config{Threads: 2, Linger: time.Millisecond})
	if l.limit.Operated() {
		t.Skip("GOMAXPROCS is set in the environment")
	}
	during := func() (procs int) {
		l.Do(context.Background(), func(context.Context) error { procs = runtime.GOMAXPROCS(0); return nil })
		return procs
	}
	if got := during(); got != before+1 {
		t.Errorf("GOMAXPROCS is %d while work runs, want %d", got, before+1)
	}
	for l.Stats().Threads > 0 {
		time.Sleep(time.Millisecond)
	}
	if got := runtime.GOMAXPROCS(0); got != before {
		t.Errorf("GOMAXPROCS is %d after the thread has ended, want %d", got, before)
	}
	if got := during(); got != before+1 {
		t.Errorf("GOMAXPROCS is %d with a new thread, want %d", got, before+1)
	}
}

func TestThreadsWorkSideBySide(t *testing.T) {
	l := newLane(t, Config{Threads: 3})
	var meet sync.WaitGroup
	meet.Add(3)
	var all sync.WaitGroup
	for range 3 {
		all.Add(1)
		go func() {
			defer all.Done()
			l.Do(context.Background(), func(context.Context) error { meet.Done(); meet.Wait(); return nil })
		}()
	}
	all.Wait()
	if stats := l.Stats(); stats.Threads != 3 || stats.Done != 3 {
		t.Errorf("Stats says %+v", stats)
	}
}

// A task that a thread has taken from the queue and not begun is work all the same.
func TestATaskJustTakenCounts(t *testing.T) {
	l := newLane(t, Config{Threads: 2})
	l.Do(context.Background(), func(context.Context) error { return nil }) // a thread waits for work now
	tasks := [2]*task{}
	for i := range tasks {
		tasks[i] = &task{ctx: context.Background(), work: func(context.Context) error { return nil }, done: make(chan struct{})}
	}
	l.mu.Lock() // holds the thread up between taking a task and counting it
	if err := l.admit(tasks[0]); err != nil {
		t.Error(err)
	}
	for len(l.queue) > 0 {
		runtime.Gosched()
	}
	if err := l.admit(tasks[1]); err != nil {
		t.Error(err)
	}
	threads := l.stats.Threads
	l.mu.Unlock()
	if threads != 2 {
		t.Errorf("%d thread for two tasks, one just taken; want 2", threads)
	}
	for _, task := range tasks {
		<-task.done
	}
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		config Config
		want   string
	}{
		{Config{Threads: -1}, "Threads is -1"},
		{Config{Threads: 65}, "Threads is 65"},
		{Config{Queue: -5}, "Queue is -5"},
		{Config{Nice: 20}, "Nice is 20"},
		{Config{Nice: -20}, "Nice is -20"},
		{Config{Linger: -1}, "Linger is -1ns"},
	} {
		if l, err := New(test.config); err == nil || l != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("New gave %v, %v; want an error with %q", l, err, test.want)
		}
	}
}
