// Strings covers conversions, iteration, comparison, slicing and building.
package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

func main() {
	s := "héllo, 世界\xff!"
	for i, r := range s {
		fmt.Print(i, ":", string(r), "(", r, ") ")
	}
	fmt.Println(len(s), utf8.RuneCountInString(s))
	fmt.Println([]byte(s), []rune(s), string([]rune{0x4e16, -1, 'x'}), string([]byte{65, 66}), string(rune(0x1F600)))
	a, b := s[:3], s[3:]
	fmt.Println(a+b == s, a < b, a > b, a+"-"+b+"-"+a, strings.Compare(a, b))
	var sb strings.Builder
	for i := range 20 {
		fmt.Fprintf(&sb, "%d,", i*i)
	}
	fmt.Println(sb.String(), sb.Len())
	fmt.Println(strings.Fields(" a b  c "), strings.Split("x,y,z", ","), strings.Repeat("ab", 5), strings.ToUpper(s),
		strings.Replace("foofoo", "o", "0", 3), strings.Contains(s, "世"), strings.LastIndex("go gopher", "go"), strings.TrimLeft("xxabc", "x"),
		strings.Map(func(r rune) rune { return r + 1 }, "HAL"), strings.Title("hello"), strings.EqualFold("Go", "GO"))
	switch s[1:3] {
	case "é":
		fmt.Println("e acute")
	default:
		fmt.Println("no")
	}
	bs := []byte("hello")
	t := string(bs)
	bs[0] = 'j'
	fmt.Println(t, string(bs), fmt.Sprintf("%q %x %X % x %+q %#q", t, t, t, t, "世", "a`b"))
	m := map[string]int{}
	m[string(bs)]++
	m["jello"]++
	fmt.Println(m, append([]byte("x"), "yz"...), copy(bs, "abc"), string(bs))
}
