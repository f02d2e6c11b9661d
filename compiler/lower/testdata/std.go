// A program that reaches much of std: its IR must be well formed.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

type point struct {
	X, Y int
	Name string `json:"name,omitempty"`
	Tags []string
	M    map[string]float64
}

func main() {
	p := point{1, 2, "a", []string{"x"}, map[string]float64{"k": 1.5}}
	data, err := json.Marshal(p)
	fmt.Printf("%s %v %+v %T\n", data, err, p, p)
	var q point
	if err := json.Unmarshal(data, &q); err != nil {
		fmt.Fprintln(os.Stderr, errors.Unwrap(err))
	}
	var wg sync.WaitGroup
	ch := make(chan int, 3)
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Millisecond)
			ch <- i
		}()
	}
	wg.Wait()
	close(ch)
	var all []int
	for v := range ch {
		all = append(all, v)
	}
	sort.Ints(all)
	fmt.Println(strings.Repeat("x", 3), all)
}
