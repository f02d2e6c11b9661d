// Text that does not escape needs no allocation while it is short, nor when it is only compared or looked up.
package main

import (
	"fmt"
	"testing"
)

var (
	table = map[string]int{"key": 7}
	short = []byte("key")
	long  = []byte("a text that is longer than the buffer in the frame")
	char  = 'é'
	wide  = "héllo"
	sink  string
	total int
)

func runes(s string) (n int) {
	for range s {
		n++
	}
	return n
}

func bytes(b []byte) (n int) {
	for _, c := range b {
		n += int(c)
	}
	return n
}

func points(p []rune) (n int) {
	for _, c := range p {
		n += int(c)
	}
	return n
}

// changed compares a copy with what the bytes become afterwards.
func changed(b []byte) bool {
	s := string(b)
	b[0]++
	differ := s != string(b)
	b[0]--
	return differ && s == string(b)
}

// kept is the last of several strings made by the same instruction.
func kept(words [][]byte) (last, longest string) {
	for _, w := range words {
		s := string(w)
		if len(s) > len(longest) {
			longest = s
		}
		last = s
	}
	return last, longest
}

func main() {
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"look up", func() { total += table[string(short)] }},
		{"look up long", func() { total += table[string(long)] }},
		{"compare", func() { total += len(fmt.Sprint())*0 + b2i(string(long) == "x") }},
		{"order", func() { total += b2i(string(short) < string(long)) }},
		{"string of bytes", func() { total += runes(string(short)) }},
		{"string of long bytes", func() { total += runes(string(long)) }},
		{"string of rune", func() { total += runes(string(char)) }},
		{"bytes", func() { total += bytes([]byte(wide)) }},
		{"runes", func() { total += points([]rune(wide)) }},
		{"string of runes", func() { total += runes(string([]rune{'a', char})) }},
		{"sum", func() { total += runes(wide + wide) }},
		{"long sum", func() { total += runes(wide + wide + wide + wide + wide + wide + wide) }},
		{"kept", func() { sink = string(short) }},
	} {
		fmt.Println(c.name, testing.AllocsPerRun(10, c.run))
	}
	fmt.Println(changed([]byte("bytes")))
	fmt.Println(kept([][]byte{[]byte("one"), []byte("three"), []byte("two")}))
	fmt.Println(total, sink, cap([]byte(wide)) >= len(wide), len([]rune(wide)))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
