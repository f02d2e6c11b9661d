package rtos

// Mutex is a lock that its owner releases. While goroutines wait for it, its owner has at least the priority of the most urgent of them, and
// so have those that the owner waits for in turn: a more urgent goroutine waits no longer than the lock is held.
// The zero value is free. It must not be copied, and not be used in handlers.
//
// With a Ceiling, the owner has that priority from the beginning (immediate ceiling protocol): goroutines that share several mutexes
// of one ceiling do not deadlock, and each waits at most once.
type Mutex struct {
	// Ceiling is the priority of the most urgent goroutine that locks the mutex; 0: priorities are inherited from waiters instead. It
	// is set before the first use.
	Ceiling Priority
	m       mutex
}

// Lock takes the mutex, and waits until it is free. It panics with ErrDeadlock when that can never be, because the caller holds it or its
// owner waits for the caller, and with ErrCeiling when the caller is above the ceiling.
func (m *Mutex) Lock() {
	if err := m.lock(Forever); err != nil {
		panic(err)
	}
}

// TryLock takes the mutex if it is free.
func (m *Mutex) TryLock() bool { return m.lock(Timeout{}) == nil }

// LockWithin takes the mutex, and waits for it until t. It returns ErrTimeout, ErrDeadlock or ErrCeiling when it does not have it.
func (m *Mutex) LockWithin(t Timeout) error { return m.lock(t) }

// Unlock releases the mutex, to the most urgent goroutine that waits if there is one. It panics when the caller does not hold it.
func (m *Mutex) Unlock() {
	if !mutexUnlock(&m.m) {
		panic("rtos: unlock of a mutex that the goroutine does not hold")
	}
}

func (m *Mutex) lock(t Timeout) error {
	m.m.ceiling = m.Ceiling
	switch mutexLock(&m.m, t.when) {
	case lockTimeout:
		return ErrTimeout
	case lockDeadlock:
		return ErrDeadlock
	case lockCeiling:
		return ErrCeiling
	}
	return nil
}

// Answers of mutexLock, as in the kernel.
const (
	lockDone = iota
	lockTimeout
	lockDeadlock
	lockCeiling
)
