// Pools and regions of mote/mem do the same on the device as on the host.
package main

import "mote/mem"

type packet struct {
	next *packet
	id   uint16
	data [5]byte
}

var (
	backing [9]mem.Block[packet]
	packets mem.Pool[packet]

	buffer [64]byte
	region mem.Region
)

func main() {
	pool()
	misuses()
	goroutines()
	regions()
}

// pool takes and gives back at random and keeps a list of what it has.
func pool() {
	packets.Init(backing[:])
	var list *packet
	seed, sum := uint32(1), uint32(0)
	for i := range 500 {
		seed = seed*1664525 + 1013904223
		if seed>>31 == 0 {
			p := packets.Get()
			if p == nil {
				sum = sum*31 + 1
				continue
			}
			p.next, p.id = list, uint16(i)
			list = p
		} else if p := list; p != nil {
			list = p.next
			sum = sum*31 + uint32(p.id)
			packets.Put(p)
		}
	}
	n := 0
	for p := list; p != nil; list = p {
		p = p.next
		packets.Put(list)
		n++
	}
	println("pool:", sum, n, packets.Free(), packets.Cap())
}

func misuses() {
	a := packets.Get()
	try("Init in use", func() { packets.Init(backing[:]) })
	packets.Put(a)
	try("twice", func() { packets.Put(a) })
	try("nil", func() { packets.Put(nil) })
	try("a variable", func() { packets.Put(&packet{}) })
	println("free:", packets.Free())
}

func try(what string, f func()) {
	defer func() {
		err, _ := recover().(error)
		println(what+":", err != nil && err.Error() != "", err.Error())
	}()
	f()
}

// goroutines shares the pool: no block has two users.
func goroutines() {
	done := make(chan int)
	for id := range uint16(3) {
		go func() {
			bad := 0
			for range 50 {
				a, b := packets.Get(), packets.Get()
				a.id, b.id = id, id
				if a == b || a.id != id || b.id != id {
					bad++
				}
				packets.Put(a)
				packets.Put(b)
			}
			done <- bad
		}()
	}
	println("goroutines:", <-done+<-done+<-done, packets.Free())
}

func regions() {
	region.Init(buffer[:])
	empty := region.Mark()
	v := mem.New[uint64](&region)
	*v = 7
	inner := region.Mark()
	s := mem.Slice[uint16](&region, 6)
	for i := range s {
		s[i] = uint16(i)
	}
	println("region:", *v, s[5], region.Used(), mem.Slice[uint32](&region, 100) == nil)
	region.Release(inner)
	println("released:", region.Used(), region.Peak(), mem.Slice[uint16](&region, 6)[5])
	region.Release(empty)
	try("mark", func() { region.Release(inner) })
}
