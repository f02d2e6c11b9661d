// Maps covers every kind of key, growth, deletion during iteration, clear, nested and struct values.
package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

type point struct{ x, y int }
type key struct {
	name string
	p    point
	f    float64
}
type big [40]int32

func main() {
	m := map[int]int{}
	for i := range 1000 {
		m[i*7] = i
	}
	sum := 0
	for k, v := range m {
		sum += k * v % 1000
	}
	fmt.Println(len(m), sum, m[7], m[8])
	for k := range m {
		if k%2 == 0 {
			delete(m, k)
		}
	}
	fmt.Println(len(m))
	v, ok := m[14]
	fmt.Println(v, ok)
	clear(m)
	fmt.Println(len(m), m)

	s := map[string][]int{}
	for i := range 50 {
		k := fmt.Sprint("k", i%10)
		s[k] = append(s[k], i)
	}
	for _, k := range slices.Sorted(maps.Keys(s)) {
		fmt.Println(k, s[k])
	}
	k := map[key]string{{"a", point{1, 2}, 0.5}: "x", {"b", point{1, 2}, 0}: "y"}
	fmt.Println(k[key{"a", point{1, 2}, 0.5}], k[key{"b", point{1, 2}, math.Copysign(0, -1)}], len(k[key{}]))
	f := map[float64]int{math.NaN(): 1, 0: 2}
	f[math.NaN()] = 3
	f[math.Copysign(0, -1)]++
	fmt.Println(len(f), f[0], f[math.NaN()])
	i := map[any]string{1: "int", "1": "string", 1.0: "float", point{1, 2}: "point", [2]int{1, 2}: "array", nil: "nil", true: "bool"}
	fmt.Println(i[1], i["1"], i[1.0], i[point{1, 2}], i[[2]int{1, 2}], i[nil], i[true], i[int8(1)] == "")
	b := map[big]int{{1}: 1, {2}: 2}
	b[big{1}] += 10
	fmt.Println(b[big{1}], b[big{2}], b[big{3}])
	l := map[int64]*point{1 << 40: {1, 2}}
	l[1<<40].x = 9
	fmt.Println(*l[1<<40], l[1] == nil)
	nested := map[string]map[string]int{"a": {"b": 1}}
	nested["a"]["c"]++
	fmt.Println(nested, maps.Equal(nested["a"], map[string]int{"b": 1, "c": 1}))
	p := map[*point]int{}
	q := &point{}
	p[q]++
	fmt.Println(p[q], p[&point{}], map[rune]bool{'x': true}['x'], map[uint8]int{200: 1}[200])
	func() {
		defer func() { fmt.Println(recover()) }()
		i[[]int{1}] = "no"
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var none map[string]int
		fmt.Println(none["x"], len(none))
		none["x"] = 1
	}()
}
