// Command model executes the programs of package script and prints their traces. Arguments: the first seed and how many.
package main

import (
	"errors"
	"os"
	"strconv"

	"mote/rtos"
	"mote/test/robust/script"
)

// state is what the tasks of a program share.
type state struct {
	program *script.Program
	units   [script.Semaphores]rtos.Semaphore
	mutexes [script.Mutexes]rtos.Mutex
	tasks   [script.Tasks]rtos.Goroutine
	live    int
	trace   []script.Entry
}

func main() {
	first, _ := strconv.Atoi(os.Args[1])
	count, _ := strconv.Atoi(os.Args[2])
	rtos.SetTurn(0)
	trace := make([]script.Entry, 0, script.Tasks*script.Steps*2)
	for seed := first; seed < first+count; seed++ {
		s := &state{program: script.New(uint32(seed)), trace: trace[:0]}
		s.run()
		print("seed ", seed)
		for _, e := range s.trace {
			print(" ", e.Task, ".", e.Step, string(rune(e.Result)), e.Priority)
		}
		println()
	}
}

// run starts the tasks, and lets those go on that wait when no other can, until all have ended.
func (s *state) run() {
	self := rtos.Self()
	self.SetPriority(rtos.MaxPriority)
	for m := range s.mutexes {
		s.mutexes[m].Ceiling = rtos.Priority(script.Ceilings[m])
	}
	s.live = script.Tasks
	for t := range s.tasks {
		s.tasks[t] = rtos.Go(rtos.Task{Name: "task", Priority: rtos.Priority(s.program.Priority[t])}, func() { s.task(uint8(t)) })
	}
	self.SetPriority(rtos.MinPriority)
	for n := uint8(0); s.live > 0; n = (n + 1) % script.Semaphores {
		s.log(script.Starter, n, script.Done)
		s.units[n].Give()
	}
}

func (s *state) log(task, step uint8, result byte) {
	s.trace = append(s.trace, script.Entry{Task: task, Step: step, Result: result, Priority: uint8(rtos.Self().Priority())})
}

func (s *state) task(t uint8) {
	var held [script.Mutexes]bool
	for i, step := range s.program.Steps[t] {
		s.log(t, uint8(i), s.step(step, &held))
	}
	for m := range held {
		if held[m] {
			s.mutexes[m].Unlock()
			s.log(t, script.Steps, script.Done)
		}
	}
	s.live--
}

func (s *state) step(step script.Step, held *[script.Mutexes]bool) byte {
	switch on := step.On; step.Op {
	case script.Give:
		s.units[on].Give()
	case script.Take:
		s.units[on].Take()
	case script.TryTake:
		return result(s.units[on].TryTake())
	case script.Lock:
		return s.lock(on, held, rtos.Forever)
	case script.TryLock:
		return s.lock(on, held, rtos.Timeout{})
	case script.Unlock:
		if !held[on] {
			return script.Not
		}
		held[on] = false
		s.mutexes[on].Unlock()
	case script.Set:
		return result(s.tasks[on].SetPriority(rtos.Priority(step.Priority)))
	case script.Yield:
		rtos.Yield()
	}
	return script.Done
}

func (s *state) lock(m uint8, held *[script.Mutexes]bool, t rtos.Timeout) byte {
	switch err := s.mutexes[m].LockWithin(t); {
	case err == nil:
		held[m] = true
		return script.Done
	case errors.Is(err, rtos.ErrDeadlock):
		return script.Deadlock
	case errors.Is(err, rtos.ErrCeiling):
		return script.Ceiling
	}
	return script.Not
}

func result(ok bool) byte {
	if ok {
		return script.Done
	}
	return script.Not
}
