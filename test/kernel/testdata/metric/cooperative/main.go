// Thread-Metric, cooperative scheduling: five tasks of one priority count and yield in turn. An iteration is a count.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

const tasks = 5

var (
	stacks   [tasks][1024]byte
	counters [tasks]uint32
)

func main() {
	for i := range tasks - 1 {
		rtos.Go(rtos.Task{Name: "thread", Priority: 3, Stack: stacks[i][:]}, func() {
			for {
				rtos.Yield()
				counters[i]++
			}
		})
	}
	for n := range 401 { // this is the fifth, which all others follow
		if n == 1 {
			mark.Start()
		}
		rtos.Yield()
		counters[tasks-1]++
	}
	mark.Stop() // 400 turns of 5
}
