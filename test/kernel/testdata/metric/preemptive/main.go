// Thread-Metric, preemptive scheduling: five tasks of rising priority; each counts and resumes the next more urgent one, which
// preempts it, and the most urgent one falls back. An iteration is a count. A task that is suspended waits for its semaphore.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

const tasks = 5

var (
	stacks   [tasks][1024]byte
	counters [tasks]uint32
	resume   [tasks]rtos.Semaphore
)

func main() {
	rtos.Self().SetPriority(1)
	for i := 1; i < tasks; i++ {
		rtos.Go(rtos.Task{Name: "thread", Priority: rtos.Priority(1 + i), Stack: stacks[i][:]}, func() {
			for {
				resume[i].Take()
				if i+1 < tasks {
					resume[i+1].Give()
				}
				counters[i]++
			}
		})
	}
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		resume[1].Give()
		counters[0]++
	}
	mark.Stop()
}
