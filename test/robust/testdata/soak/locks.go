package main

import (
	"time"

	"mote/rtos"
)

// Mutexes: two that are taken in both orders, with a deadline so that no circle stays, under goroutines whose priorities change. All of that
// is on one core, since there a goroutine that runs can tell where less urgent ones are.

const lockers = 4

var (
	mutexes [2]rtos.Mutex
	inside  [2]int
	waiting [2][lockers]bool // that locker is in LockWithin
	visit   [lockers]uint32  // how often it has been there
	locker  [lockers]rtos.Goroutine
	changes uint32 // of priorities
	locks   int
)

func startLocks() {
	for i := range locker {
		locker[i] = workOn(rtos.OnCore(rtos.NumCores()-1), "locker", rtos.Priority(1+i), func(uint32) {
			first := random() % 2
			if !lock(first, i) {
				return
			}
			if random()%2 == 0 && lock(1-first, i) {
				unlock(1-first, i)
			}
			unlock(first, i)
			time.Sleep(time.Duration(random() % 300_000))
		})
	}
	workOn(rtos.OnCore(rtos.NumCores()-1), "priorities", 6, func(uint32) {
		changes++
		locker[random()%lockers].SetPriority(rtos.Priority(1 + random()%5))
		time.Sleep(time.Duration(random() % 4_000_000))
	})
}

func lock(m uint32, self int) bool {
	visit[self]++
	waiting[m][self] = true
	err := mutexes[m].LockWithin(soon())
	waiting[m][self] = false
	if err != nil {
		timeouts++
		return false
	}
	locks++
	if inside[m]++; inside[m] != 1 {
		wrong("owners of a mutex", m, uint32(inside[m]))
	}
	return true
}

// unlock stays inside for a while and looks at who waits.
func unlock(m uint32, self int) {
	for range random() % 4 {
		if random()%4 == 0 {
			rtos.Yield()
		}
		for other := range locker {
			checkInversion(m, self, other)
		}
		if inside[m] != 1 {
			wrong("owners of a mutex", m, uint32(inside[m]))
		}
	}
	inside[m]--
	mutexes[m].Unlock()
}

// checkInversion finds other waiting for m with a higher priority than its owner. While the owner runs, other cannot be on its way
// there or back if it is the more urgent one, unless another core has just woken it: then it runs before Yield returns.
func checkInversion(m uint32, self, other int) {
	visits := visit[other]
	if other == self || !inverted(m, self, other) {
		return
	}
	if rtos.Yield(); visits == visit[other] && inverted(m, self, other) && visits == visit[other] {
		wrong("priority inversion", uint32(locker[other].Priority()), uint32(locker[self].Priority()))
	}
}

// inverted looks once. What has changed between the first look and the last one proves nothing.
func inverted(m uint32, self, other int) bool {
	version := changes
	if !waiting[m][other] {
		return false
	}
	theirs, ours := locker[other].Priority(), locker[self].Priority()
	return theirs > ours && waiting[m][other] && version == changes
}
