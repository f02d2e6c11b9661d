//go:build mote && !gc.none

package runtime

// The goroutine that runs finalizers and cleanups, one after the other in the order in which their objects died.
// It is made when the first one is set, and is not one of the program's: it keeps nothing alive.

// enqueueSpecial appends a record to the queue and wakes the worker. Under lockSched; allocates nothing.
func enqueueSpecial(s *special) {
	if specials.queue == nil {
		specials.queue = s
	} else {
		specials.last.next = s
	}
	specials.last = s
	specials.counts[s.kind].queued++
	if specials.idle {
		specials.idle = false
		goready(specials.worker)
	}
}

// startSpecialWorker makes the goroutine if it is not there.
func startSpecialWorker() {
	lockSched()
	if specials.worker == nil {
		gp := newtask(0)
		begin(gp, runSpecials, defaultPriority, 0)
		gp.flags |= taskSystem
		specials.worker = gp
		goready(gp)
	}
	unlockSched()
}

// runSpecials is the body of the goroutine.
func runSpecials() {
	for {
		lockSched()
		s := specials.queue
		if s == nil {
			specials.idle = true
			park(waitFinalizer)
			continue
		}
		specials.queue = s.next
		s.next = nil
		unlockSched()
		runSpecial(s)
		getg().checkmark()
		clearStale()
		clearScratch()
		specials.counts[s.kind].executed++
	}
}

// runSpecial calls the function of s, and leaves nothing in s or the caller's frame that would keep the object alive.
//
//go:noinline
func runSpecial(s *special) {
	obj, run := s.obj, s.run
	s.obj, s.run = nil, nil
	run(obj)
}

// waitSpecials waits until all that is queued has run, at most for timeout nanoseconds, and reports whether it has. Tests of std use
// it after a collection.
func waitSpecials(timeout int64) bool {
	deadline := nanotime() + timeout
	if deadline < 0 {
		deadline = maxWhen
	}
	for {
		lockSched()
		done := specials.queue == nil && (specials.worker == nil || specials.idle)
		unlockSched()
		if done || nanotime() > deadline {
			return done
		}
		Gosched()
	}
}

// Safety: unique and the tests of sync declare these functions with this signature.

//go:linkname unique_blockUntilEmptyCleanupQueue unique.runtime_blockUntilEmptyCleanupQueue
func unique_blockUntilEmptyCleanupQueue(timeout int64) bool { return waitSpecials(timeout) }

//go:linkname sync_test_blockUntilEmptyCleanupQueue sync_test.runtime_blockUntilEmptyCleanupQueue
func sync_test_blockUntilEmptyCleanupQueue(timeout int64) bool { return waitSpecials(timeout) }
