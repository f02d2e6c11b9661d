//go:build mote && multicore

package runtime

// ticketLock is a lock between cores that serves them in the order in which they came (the ticket lock of Mellor-Crummey and Scott, "Algorithms for Scalable
// Synchronization on Shared-Memory Multiprocessors", 1991): a core that takes the lock again and again does not keep the others out. The lower
// half is the ticket that is served, the upper half the next one to be given; the lock is free when they are equal.
type ticketLock uint32

// try takes the lock if it is free.
func (l *ticketLock) try() bool { return tryTicket(l) == 0 }

// acquire gets in line and waits. It needs no stack.
func (l *ticketLock) acquire() {
	ticket := takeTicket(l) >> 16
	for servedTicket(l) != ticket {
		relax()
	}
	fence()
}

// release serves the next; what was done before is done for whoever has the lock then.
func (l *ticketLock) release() { serveNext(l) }

// tryTicket takes the ticket that would be served at once, if nobody has it: the answer is 0 when that worked.
//
// Safety: as tryAcquire; a word with unequal halves is not 0.
//
//mote:inline "ldrex $0, [$1]\n\tcmp $0, $0, ror #16\n\titt eq\n\taddeq r12, $0, #65536\n\tstrexeq $0, r12, [$1]\n\tdmb" "=&r,r,~{r12},~{memory},~{cpsr}"
func tryTicket(l *ticketLock) uint32

// takeTicket takes the next ticket and returns the word that was, with the ticket in its upper half.
//
//mote:inline "1:\tldrex $0, [$1]\n\tadd r12, $0, #65536\n\tstrex r3, r12, [$1]\n\tcmp r3, #0\n\tbne 1b" "=&r,r,~{r3},~{r12},~{memory},~{cpsr}"
func takeTicket(l *ticketLock) uint32

// servedTicket is the ticket that is served at present.
//
//mote:inline "ldrh $0, [$1]" "=r,r,~{memory}"
func servedTicket(l *ticketLock) uint32

// serveNext adds 1 to the ticket that is served, which nobody but the holder writes, without a carry into the upper half.
//
//mote:inline "dmb\n\tldrh r12, [$0]\n\tadd r12, r12, #1\n\tstrh r12, [$0]" "r,~{r12},~{memory}"
func serveNext(l *ticketLock)

// acquire waits for a lock between cores.
func acquire(lock *uint32) {
	for tryAcquire(lock) != 0 {
		relax()
	}
}

// tryAcquire sets *lock if it is 0; what follows is behind it. The answer is 0 when that worked.
//
// Safety: a load and a store, exclusive, with the barrier behind them that Armv8-M ARM B7.3 wants. A failed attempt leaves an exclusive access
// open, which the next ends.
//
//mote:inline "ldrex $0, [$1]\n\tcmp $0, #0\n\titt eq\n\tmoveq r12, #1\n\tstrexeq $0, r12, [$1]\n\tdmb" "=&r,r,~{r12},~{memory},~{cpsr}"
func tryAcquire(lock *uint32) uint32

// release clears *lock; what was done before is done for whoever acquires it.
func release(lock *uint32) { storeRelease(lock, 0) }

// storeRelease sets a word after everything before it.
//
//mote:inline "dmb\n\tstr $1, [$0]" "r,r,~{memory}"
func storeRelease(lock *uint32, v uint32)

// relax is what a loop does that waits for another core.
//
//mote:inline "yield" "~{memory}"
func relax()
