// Command inversion gets goroutines into each other's way: priorities are inherited and given back, deadlocks refused, and the order of
// goroutines of one priority kept.
package main

import (
	"time"

	"mote/rtos"
)

// order has what has happened, a letter or a few each.
var order string

func note(what string) { order += what + " " }

// show prints order when all else waits or has ended: main has the lowest priority.
func show(title string) {
	time.Sleep(4 * rtos.TickLength())
	println(title+":", order)
	order = ""
}

func start(name string, priority rtos.Priority, f func()) rtos.Goroutine {
	return rtos.Go(rtos.Task{Name: name, Priority: priority}, f)
}

func digit(p rtos.Priority) string { return string('0' + rune(p)) }

func main() {
	rtos.SetTurn(0)
	rtos.Self().SetPriority(rtos.MinPriority)
	threeTasks()
	chain(rtos.Forever)
	chain(rtos.Within(2 * rtos.TickLength()))
	ceiling()
	deadlock2()
	deadlock3()
	fifo()
	resort()
	notYetRun()
	preemption()
	turns()
}

// threeTasks: the middle one must not run while the high one waits for the low one.
func threeTasks() {
	var m rtos.Mutex
	var high, middle rtos.Semaphore
	start("high", 6, func() {
		high.Take()
		note("high-wants")
		m.Lock()
		note("high-has")
		m.Unlock()
	})
	start("middle", 4, func() {
		middle.Take()
		note("middle")
	})
	start("low", 2, func() {
		m.Lock()
		high.Give()
		note("low" + digit(rtos.Self().Priority()))
		middle.Give()
		note("low" + digit(rtos.Self().Priority()))
		m.Unlock()
		note("low" + digit(rtos.Self().Priority()))
	})
	show("three tasks")
}

// chain: who waits lends its priority through two mutexes, and takes it back from both when it waits no longer.
func chain(t rtos.Timeout) {
	var a, b rtos.Mutex
	var release rtos.Semaphore
	low := start("low", 1, func() {
		a.Lock()
		release.Take()
		a.Unlock()
		note("low" + digit(rtos.Self().Priority()))
	})
	middle := start("middle", 3, func() {
		b.Lock()
		a.Lock()
		note("middle" + digit(rtos.Self().Priority()))
		a.Unlock()
		b.Unlock()
		note("middle" + digit(rtos.Self().Priority()))
	})
	note(digit(low.Priority()) + digit(middle.Priority()))
	start("high", 6, func() {
		if b.LockWithin(t) != nil {
			note("timeout")
			return
		}
		note("high")
		b.Unlock()
	})
	note(digit(low.Priority()) + digit(middle.Priority()))
	if t != rtos.Forever {
		time.Sleep(5 * rtos.TickLength())
		note(digit(low.Priority()) + digit(middle.Priority()))
	}
	release.Give()
	show("chain")
}

func ceiling() {
	m := rtos.Mutex{Ceiling: 4}
	start("above", 5, func() {
		if m.LockWithin(rtos.Forever) == rtos.ErrCeiling {
			note("refused")
		}
	})
	start("below", 2, func() {
		m.Lock()
		note(digit(rtos.Self().Priority()))
		start("equal", 4, func() { note("equal") })
		start("higher", 5, func() { note("higher") })
		m.Unlock()
		note(digit(rtos.Self().Priority()))
	})
	show("ceiling")
}

func lock(name string, m *rtos.Mutex) bool {
	switch m.LockWithin(rtos.Forever) {
	case nil:
		return true
	case rtos.ErrDeadlock:
		note(name + "-deadlock")
	default:
		note(name + "-?")
	}
	return false
}

// circle lets each of n goroutines lock its own mutex, then that of the next one.
func circle(n int) {
	mutexes := make([]rtos.Mutex, n)
	var begin rtos.Semaphore
	for i := range n {
		name := string('a' + rune(i))
		start(name, 3, func() {
			mutexes[i].Lock()
			begin.Take()
			next := &mutexes[(i+1)%n]
			if lock(name, next) {
				note(name)
				next.Unlock()
			}
			mutexes[i].Unlock()
		})
	}
	for range n {
		begin.Give()
	}
}

func deadlock2() {
	circle(2)
	show("deadlock of two")
	circle(1)
	show("deadlock of one")
}

func deadlock3() {
	circle(3)
	show("deadlock of three")
}

// fifo: those of one priority get what they wait for in the order of their coming, more urgent ones before them.
func fifo() {
	var units rtos.Semaphore
	var m rtos.Mutex
	var flags rtos.Events
	ch := make(chan int)
	m.Lock()
	for i, name := range []string{"a", "b", "c", "d"} {
		start(name, []rtos.Priority{3, 3, 5, 3}[i], func() {
			units.Take()
			note(name)
			m.Lock()
			note(name)
			m.Unlock()
			rtos.Recv(ch, rtos.Forever)
			note(name)
			flags.WaitAny(1, rtos.Forever)
			note(name)
		})
	}
	for range 4 {
		units.Give()
	}
	show("semaphore")
	m.Unlock()
	show("mutex")
	for range 4 {
		ch <- 1
	}
	show("channel")
	flags.Set(1)
	show("events")
}

// resort: the priority that counts is that of now, not of when the wait began.
func resort() {
	var units rtos.Semaphore
	wait := func() {
		units.Take()
		note(rtos.Self().Name())
	}
	a, b := start("a", 5, wait), start("b", 4, wait)
	start("c", 3, wait)
	a.SetPriority(2)
	b.SetPriority(3)
	for range 3 {
		units.Give()
	}
	show("other priorities")
}

// notYetRun changes the priority of a goroutine that has not begun.
func notYetRun() {
	self := rtos.Self()
	self.SetPriority(6)
	a, b := start("a", 1, func() { note("a") }), start("b", 2, func() { note("b") })
	a.SetPriority(3)
	note(digit(a.Priority()) + digit(b.Priority()))
	self.SetPriority(rtos.MinPriority)
	show("not yet run")
}

// preemption: whoever makes a more urgent goroutine ready goes on after it, before others of its own priority.
func preemption() {
	var up [3]rtos.Semaphore
	for i := range up {
		start("up", rtos.Priority(3+i), func() {
			up[i].Take()
			note("begin" + digit(rtos.Priority(3+i)))
			if i < 2 {
				start("other", rtos.Priority(3+i), func() { note("other" + digit(rtos.Priority(3+i))) })
				up[i+1].Give()
			}
			note("end" + digit(rtos.Priority(3+i)))
		})
	}
	up[0].Give()
	show("preemption")
}

// turns: those of one priority run in turn, without ever giving way themselves.
func turns() {
	rtos.SetTurn(2)
	self := rtos.Self()
	self.SetPriority(6)
	last, left := "", 9
	for _, name := range []string{"a", "b", "c"} {
		start(name, 2, func() {
			for left > 0 {
				if last == name {
					continue
				}
				last = name
				if left--; left >= 0 { // another one may have been in front of this
					note(name)
				}
			}
		})
	}
	self.SetPriority(rtos.MinPriority)
	show("turns")
}
