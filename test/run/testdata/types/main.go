// Types covers interfaces, embedding, method values, generics, closures, type switches, comparison and iterators.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
)

type shape interface {
	Area() float64
	Name() string
}
type base struct{ name string }

func (b base) Name() string     { return b.name }
func (b *base) Rename(s string) { b.name = s }

type square struct {
	base
	side float64
}
type circle struct {
	*base
	r float64
}

func (s square) Area() float64  { return s.side * s.side }
func (c *circle) Area() float64 { return 3 * c.r * c.r }

type number interface{ ~int | ~int64 | ~float64 }

func sum[T number](v ...T) (t T) {
	for _, x := range v {
		t += x
	}
	return t
}

type list[T any] struct {
	head *elem[T]
	n    int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *list[T]) push(v T) { l.head = &elem[T]{v, l.head}; l.n++ }
func (l *list[T]) all() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for e := l.head; e != nil; e = e.next {
			if !yield(i, e.v) {
				return
			}
			i++
		}
	}
}

type tree[K cmp.Ordered, V any] struct {
	l, r *tree[K, V]
	k    K
	v    V
}

func (t *tree[K, V]) put(k K, v V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{k: k, v: v}
	case k < t.k:
		t.l = t.l.put(k, v)
	case k > t.k:
		t.r = t.r.put(k, v)
	default:
		t.v = v
	}
	return t
}
func (t *tree[K, V]) walk(f func(K, V)) {
	if t != nil {
		t.l.walk(f)
		f(t.k, t.v)
		t.r.walk(f)
	}
}

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case string:
		return "string " + v
	case error:
		return "error " + v.Error()
	case shape:
		return "shape " + v.Name()
	case []int:
		return fmt.Sprint("ints ", len(v))
	case func() int:
		return fmt.Sprint("func ", v())
	case struct{ a, b int }:
		return fmt.Sprint("struct ", v.a+v.b)
	}
	return fmt.Sprintf("other %T", v)
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type weekday int

func (d weekday) String() string { return [...]string{"Mon", "Tue", "Wed"}[d] }

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func main() {
	sq, ci := square{base{"sq"}, 2}, &circle{&base{"ci"}, 1}
	shapes := []shape{sq, &sq, ci}
	sq.Rename("renamed")
	for _, s := range shapes {
		fmt.Println(s.Name(), s.Area())
	}
	f, g := sq.Area, (*circle).Area
	h := shape.Name
	sq.side = 10
	fmt.Println(f(), g(ci), h(sq))
	fmt.Println(sum(1, 2, 3), sum(1.5, 2), sum[int64]())
	var l list[string]
	l.push("a")
	l.push("b")
	for i, v := range l.all() {
		fmt.Print(i, v, " ")
	}
	var t *tree[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t = t.put(w, i)
	}
	t.walk(func(k string, v int) { fmt.Print(k, "=", v, " ") })
	fmt.Println()
	for _, v := range []any{nil, 1, int64(2), "x", fmt.Errorf("e"), sq, []int{1}, func() int { return 7 }, struct{ a, b int }{3, 4}, 1.5, weekday(1)} {
		fmt.Println(kind(v))
	}
	words := byLen{"ccc", "a", "bb"}
	sort.Sort(words)
	fmt.Println(words, weekday(2), fmt.Sprintf("%v %d %+v %#v %T", weekday(0), weekday(1), sq, ci.r, words))
	next, reset := counter()
	next()
	reset()
	fmt.Println(next(), next())
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { i *= 10; return i })
	}
	fmt.Println(fs[0](), fs[1](), fs[2](), fs[2]())
	type pair struct {
		a string
		b any
	}
	fmt.Println(pair{"x", 1} == pair{"x", 1}, pair{"x", 1} == pair{"x", int8(1)}, [3]string{"a"} == [3]string{"a", "", ""}, any(sq) == any(sq))
	next2, stop := iter.Pull(slices.Values([]int{10, 20, 30}))
	a, ok := next2()
	b, _ := next2()
	stop()
	fmt.Println(a, ok, b)
outer:
	for i := range 5 {
		for j := range 5 {
			switch {
			case j == 3:
				continue outer
			case i == 2:
				break outer
			case (i+j)%2 == 0:
				fallthrough
			default:
				fmt.Print(i, j, ";")
			}
		}
	}
	i := 0
again:
	if i < 3 {
		i++
		goto again
	}
	fmt.Println(i)
	for x := range func(yield func(int) bool) {
		defer fmt.Println("cleanup")
		for i := 0; yield(i); i++ {
		}
	} {
		if x == 4 {
			break
		}
		defer fmt.Println("loop defer", x)
	}
	big := [100]int{1, 2, 99: 5}
	cp := big
	cp[0] = 50
	fmt.Println(big[0], cp[0], big == cp, len(big), slices.Max(big[:]))
	ptr := &big
	for i, v := range ptr {
		ptr[99-i] = v
	}
	fmt.Println(big[99], big[0], big[98])
}
