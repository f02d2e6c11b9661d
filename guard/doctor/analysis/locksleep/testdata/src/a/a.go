package a

import (
	"net"
	"os"
	"sync"
	"time"
)

type server struct {
	mu     sync.Mutex
	table  sync.RWMutex
	done   chan struct{}
	ready  *sync.Cond
	dialer net.Dialer
}

var global sync.Mutex

func (s *server) sleep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(time.Second) // want `time.Sleep while s.mu is held`
}

func (s *server) reading() {
	s.table.RLock()
	time.Sleep(time.Second) // want `time.Sleep while s.table is held for reading, which stops the next writer`
	s.table.RUnlock()
	time.Sleep(time.Second)
}

func (s *server) receive() {
	global.Lock()
	<-s.done // want `channel receive while global is held`
	global.Unlock()
	<-s.done
}

func (s *server) choose(other chan int) {
	s.mu.Lock()
	select { // want `select without default while s.mu is held`
	case <-s.done:
	case <-other:
	}
	s.mu.Unlock()
}

func (s *server) fetch(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dialer.Dial("tcp", url) // want `\(\*net.Dialer\).Dial while s.mu is held`
	net.Dial("tcp", url)      // want `net.Dial while s.mu is held`
	os.ReadFile("/dev/x")     // files are left alone
}

func (s *server) refresh() { time.Sleep(time.Second) }

func (s *server) callsRefresh() {
	s.mu.Lock()
	s.refresh() // want `call leads to time.Sleep while s.mu is held`
	s.mu.Unlock()
	s.refresh()
}

func (s *server) join(group *sync.WaitGroup) {
	s.mu.Lock()
	defer s.mu.Unlock()
	group.Wait() // want `\(\*sync.WaitGroup\).Wait while s.mu is held`
}

func closure() {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		time.Sleep(1) // want `time.Sleep while mu is held`
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}

type embedded struct{ sync.Mutex }

func (e *embedded) sleep() {
	e.Lock()
	time.Sleep(1) // want `time.Sleep while e.Mutex is held`
	e.Unlock()
}

// What must not be reported.

func (s *server) condition() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready.Wait()
}

func (s *server) nonblocking() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.done:
	default:
	}
}

func (s *server) maybe(locked bool) {
	if locked {
		s.mu.Lock()
	}
	time.Sleep(1) // not held on every way
	if locked {
		s.mu.Unlock()
	}
}

func (s *server) early(fast bool) {
	s.mu.Lock()
	if fast {
		s.mu.Unlock()
		time.Sleep(1)
		return
	}
	s.mu.Unlock()
	time.Sleep(1)
}

// backOff gives the caller's lock up while it sleeps.
func (s *server) backOff() {
	s.mu.Unlock()
	time.Sleep(1)
	s.mu.Lock()
}

func (s *server) callsBackOff() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.backOff()
}

func (s *server) starts() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() { time.Sleep(1) }()
	go s.refresh()
}

func (s *server) loop() {
	for {
		s.mu.Lock()
		closed := s.done == nil
		s.mu.Unlock()
		if closed {
			return
		}
		time.Sleep(1)
	}
}

func (s *server) alias() {
	mu := &s.mu
	mu.Lock()
	s.mu.Unlock()
	time.Sleep(1)
}

func (s *server) try() {
	if s.mu.TryLock() {
		s.mu.Unlock()
	}
	time.Sleep(1)
}
