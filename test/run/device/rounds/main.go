// Rounds prints how often loops that nothing synchronises came around: the same in each run only where time passes with instructions.
package main

import "time"

func main() {
	var turns [3]int
	for i := range turns {
		go func() {
			for {
				turns[i]++
			}
		}()
	}
	for range 3 {
		time.Sleep(7 * time.Millisecond)
		println(turns[0], turns[1], turns[2])
	}
}
