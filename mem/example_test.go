package mem_test

import (
	"fmt"

	"mote/mem"
)

type packet struct {
	length int
	data   [64]byte
}

var (
	backing [2]mem.Block[packet]
	packets mem.Pool[packet]
)

func ExamplePool() {
	packets.Init(backing[:])
	a, b := packets.Get(), packets.Get()
	a.length = copy(a.data[:], "ping")
	fmt.Println(a.length, b != nil, packets.Get() == nil)
	packets.Put(a)
	packets.Put(b)
	fmt.Println(packets.Free(), "free")
	defer func() { fmt.Println(recover()) }()
	packets.Put(b)
	// Output:
	// 4 true true
	// 2 free
	// mem: Put of a block that is not in use
}

func ExampleRegion() {
	var scratch mem.Region
	scratch.Init(make([]byte, 1024))
	for _, text := range []string{"a frame", "another frame"} {
		mark := scratch.Mark()
		words := mem.Slice[uint16](&scratch, len(text)) // gone with the next Release
		for i, c := range []byte(text) {
			words[i] = uint16(c)
		}
		fmt.Println(len(words), scratch.Used())
		scratch.Release(mark)
	}
	fmt.Println(scratch.Used(), "in use,", scratch.Peak(), "at most")
	// Output:
	// 7 16
	// 13 32
	// 0 in use, 32 at most
}

func ExampleTrace() {
	var ring [16]mem.Record
	mem.Trace(ring[:])
	defer mem.Trace(nil)
	var pool mem.Pool[packet]
	pool.Init(make([]mem.Block[packet], 4))
	pool.Put(pool.Get())
	pool.Get()
	for record := range mem.Held() {
		fmt.Println(record.Size >= 64, record.Where().Function)
	}
	// Output:
	// true mote/mem_test.ExampleTrace
}
