package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"runtime/interrupt"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

type point struct{ x, y int }

var (
	buf    [16]byte
	box    any = 3
	count  atomic.Int64
	last   atomic.Pointer[point]
	values = []int{3, 1, 2}
	table  = map[string]int{"a": 1}
	here   point
	limit  time.Duration
	hook   = func(i int) int { return i + 1 }
)

// handle does what handlers may: none of this allocates, waits or takes the kernel lock.
func handle(i interrupt.Interrupt) {
	println(1.5, float32(2), 3i, box, values, &here, true, uint8(3), 'x', "s"[:1], int64(4))
	binary.LittleEndian.PutUint32(buf[:], uint32(i.Number()))
	println(binary.BigEndian.Uint16(buf[2:]), math.Sqrt(2), math.Sin(1), bits.Len(3), strings.Index("abc", "c"), utf8.RuneLen('x'))
	slices.Sort(values)
	sort.Ints(values)
	println(slices.Max(values), bytes.Equal(buf[:2], buf[2:4]), strings.HasPrefix("ab", "a"))
	count.Add(1)
	last.Store(&here)
	println(last.Load().x, table["a"], limit.Seconds(), limit > time.Second)
	if v, ok := box.(int); ok {
		println(v, box == any(7))
	}
	for k, v := range table {
		println(k, v)
	}
	delete(table, "a")
	copy(buf[:], "abc")
	clear(buf[:])
	moved := here
	moved.x++
	println(moved.x, hook(3), min(3, len(values)))
	defer println("deferred")
	for _, r := range "häl" {
		print(r)
	}
	if i.Number() > 90 {
		panic("constant text")
	}
}

func main() {
	interrupt.New(8, handle).Enable()
}
