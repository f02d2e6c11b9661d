package rtos

// Semaphore is a counting semaphore. The zero value has no units. Those that wait get units in the order of their priorities, and of
// their coming where these are equal. It must not be copied.
type Semaphore struct {
	s semaphore
}

// Give adds a unit, or hands it to the most urgent goroutine that waits. ISR-safe, O(1).
func (s *Semaphore) Give() { semaGive(&s.s) }

// Take takes a unit, and waits until there is one.
func (s *Semaphore) Take() { semaTake(&s.s, forGood) }

// TryTake takes a unit if there is one. ISR-safe, O(1).
func (s *Semaphore) TryTake() bool { return semaTryTake(&s.s) }

// TakeWithin takes a unit, and waits for one until t. It returns ErrTimeout when there was none.
func (s *Semaphore) TakeWithin(t Timeout) error {
	if !semaTake(&s.s, t.when) {
		return ErrTimeout
	}
	return nil
}

// Count is the number of units that nobody has taken. ISR-safe.
func (s *Semaphore) Count() int { return semaCount(&s.s) }
