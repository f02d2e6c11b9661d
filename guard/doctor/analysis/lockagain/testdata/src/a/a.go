package a

import "sync"

type table struct {
	mu    sync.RWMutex
	plain sync.Mutex
	rows  map[string]int
	next  *table
}

var (
	global sync.RWMutex
	first  = &table{}
)

func (t *table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *table) Sum() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.Len() // want `in the call of Len, t.mu is read-locked again while it is held for reading`
}

func (t *table) Twice() {
	t.mu.RLock()
	t.mu.RLock() // want `t.mu is read-locked again`
	t.mu.RUnlock()
	t.mu.RUnlock()
}

func (t *table) Upgrade() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.mu.Lock() // want `t.mu is locked while it is held for reading: a deadlock`
	t.mu.Unlock()
}

func (t *table) Plain() {
	t.plain.Lock()
	t.plain.Lock() // want `t.plain is locked again while it is held: a deadlock`
	t.plain.Unlock()
}

func (t *table) Deep() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.through() // want `in the call of through, t.mu is locked again while it is held: a deadlock`
}

func (t *table) through() int { return t.Len() }

func useGlobal() { global.RLock(); defer global.RUnlock() }

func globals() {
	global.RLock()
	useGlobal() // want `in the call of useGlobal, global is read-locked again`
	global.RUnlock()
}

func (t *table) Field() int {
	t.next.mu.RLock()
	defer t.next.mu.RUnlock()
	return t.next.Len() // want `in the call of Len, t.next.mu is read-locked again`
}

// What must not be reported.

func (t *table) Other() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.next.Len() + first.Len()
}

func (t *table) After() int {
	t.mu.RLock()
	t.mu.RUnlock()
	return t.Len()
}

func (t *table) HandOver() {
	t.mu.Lock()
	for t.next != nil {
		n := t.next
		n.mu.Lock()
		t.mu.Unlock()
		t = n
	}
	t.mu.Unlock()
}

func all(tables []*table) {
	for _, t := range tables {
		t.mu.Lock()
	}
	for _, t := range tables {
		t.mu.Unlock()
	}
}

func (t *table) Assigned() {
	p := t
	f := func() { p = t.next }
	p.mu.Lock()
	p = t.next
	p.mu.Lock()
	p.mu.Unlock()
	f()
}

func (t *table) Starts() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	go t.Len()
	func() { _ = len(t.rows) }()
}

func (t *table) Relock() {
	t.mu.Unlock()
	t.mu.Lock()
}

func (t *table) CallsRelock() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Relock()
}

func signal(wait func()) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		wait()
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}
