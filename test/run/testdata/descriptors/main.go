// Program descriptors looks at types, interfaces, comparison, hashing and static data through fmt and reflect.
package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"sort"
	"strings"
	"time"
	"unicode"
)

type P struct {
	a int8
	_ int16
	b string
	c any
	d float64
}
type K struct {
	x, y int
	s    string
}
type Arr [3]K
type G[T any] struct{ v T }

func (g G[T]) Get() T         { return g.v }
func (g *G[T]) Set(v T)       { g.v = v }
func (g G[T]) String() string { return fmt.Sprintf("G(%v)", g.v) }

type Big struct {
	n [12]int
	s string
}

func (b Big) Sum() (t int) {
	for _, x := range b.n {
		t += x
	}
	return
}

type Summer interface{ Sum() int }
type Wrap struct{ Big }
type PW struct{ *Big }
type one struct{ p *int }

func (o one) Sum() int { return *o.p }

type flt float64

func (f flt) Sum() int { return int(f) }

type Rec struct{ n int }

func (r Rec) Do() {
	if e := recover(); e != nil {
		fmt.Println("recovered", e, r.n)
	}
}

type Doer interface{ Do() }

func rec(d Doer) {
	defer d.Do()
	panic("boom")
}

var table = map[K]string{{1, 2, "a"}: "one", {3, 4, "b"}: "two"}
var fns = []func(int) int{func(i int) int { return i + 1 }, func(i int) int { return i * 2 }}
var errs = []error{io.EOF, errors.New("x"), fmt.Errorf("wrap %w", io.EOF)}
var ifs = []any{1, "s", 2.5, nil, [2]int{1, 2}, K{1, 2, "z"}, &K{3, 4, "q"}, int8(5), true, 'x', 1i, struct{}{}, []int{1}, time.Second, flt(3), Summer(flt(2))}
var nested = struct {
	a [2][3]int16
	m struct {
		f32 float32
		c   complex64
	}
	p *[4]byte
}{[2][3]int16{{1, 2, 3}, {4, 5, 6}}, struct {
	f32 float32
	c   complex64
}{1.5, 2 + 3i}, &[4]byte{9, 8, 7, 6}}

type list struct {
	next *list
	v    int
}

var head = &list{&list{nil, 2}, 1}

func main() {
	nan := math.NaN()
	p, q := P{1, 2, "x", 3, 1.5}, P{1, 3, "x", 3, 1.5}
	fmt.Println(p == q, P{d: nan} == P{d: nan}, P{c: "a"} == P{c: "a"}, P{c: 1} == P{c: int8(1)})
	fmt.Println(any(p) == any(q), any(Arr{}) == any(Arr{}), any(Arr{{1, 2, "q"}}) == any(Arr{{1, 2, "r"}}))
	m := map[any]int{p: 1, K{1, 2, "z"}: 2, Arr{}: 3, 1.0: 4, "s": 5, [2]any{1, "x"}: 6, flt(0): 7}
	fmt.Println(m[q], m[K{1, 2, "z"}], m[Arr{}], m[1.0], m["s"], m[[2]any{1, "x"}], m[flt(math.Copysign(0, -1))], m[nil])
	ma := map[Arr]int{{{1, 2, "q"}}: 7}
	ma[Arr{{1, 2, "q"}}]++
	mp := map[P]int{p: 4}
	fmt.Println(ma, mp[q], table[K{3, 4, "b"}], len(table))
	m5 := map[[5]byte]int{{1, 2}: 1}
	fmt.Println(m5[[5]byte{1, 2}], m5[[5]byte{1}])
	mbig := map[Big]Big{{s: "k"}: {s: "v"}}
	fmt.Println(mbig[Big{s: "k"}].s)
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = m[[]int{1}]
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(any(P{c: []int{}}) == any(P{c: []int{}}))
	}()
	for _, f := range fns {
		fmt.Print(f(10), " ")
	}
	for _, e := range errs {
		fmt.Print(e, errors.Is(e, io.EOF), " ")
	}
	fmt.Println()
	for _, x := range ifs {
		fmt.Printf("%T=%v ", x, x)
	}
	fmt.Println()
	fmt.Println(nested.a, nested.m, *nested.p, head.next.v)
	g := G[map[string]K]{map[string]K{"a": {1, 2, "b"}}}
	fmt.Printf("%T %v %T\n", g, g, (*G[[]G[int]])(nil))
	b := Big{n: [12]int{1, 2, 3}, s: "s"}
	n := 42
	for _, s := range []Summer{b, &b, Wrap{b}, &Wrap{b}, PW{&b}, &PW{&b}, one{&n}, &one{&n}, flt(7.5)} {
		fmt.Print(s.Sum(), " ")
	}
	fmt.Println()
	rec(Rec{5})
	rec(&Rec{6})
	type local struct{ A int }
	{
		type local struct{ B string }
		fmt.Printf("%T %v %v\n", local{}, any(local{}) == any(local{}), reflect.TypeOf(local{}).Field(0).Name)
	}
	fmt.Printf("%T %+v\n", local{1}, local{1})
	t := reflect.TypeOf(Wrap{})
	for i := range t.NumMethod() {
		fmt.Println(t.Method(i).Name, t.Method(i).Type)
	}
	pt := reflect.TypeOf(&G[int]{})
	fmt.Println(pt.NumMethod(), pt.Elem().NumMethod(), pt.Elem().Name(), pt.Elem().PkgPath(), pt.Elem().String())
	fmt.Println(reflect.TypeOf(struct {
		A int `json:"a"`
		b []func(int, ...string) (error, bool)
		io.Reader
	}{}))
	fmt.Println(reflect.TypeOf((*interface {
		Foo(int) string
		io.Writer
		bar()
	})(nil)).Elem(), reflect.TypeOf((chan<- (<-chan int))(nil)))
	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}), reflect.New(reflect.TypeOf(b)).Elem().NumField())
	mt := reflect.MapOf(reflect.TypeOf(K{}), reflect.TypeOf(1))
	mv := reflect.MakeMap(mt)
	mv.SetMapIndex(reflect.ValueOf(K{1, 2, "x"}), reflect.ValueOf(9))
	fmt.Println(mv.Interface(), mv.Interface().(map[K]int)[K{1, 2, "x"}])
	st := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(1)}, {Name: "Y", Type: reflect.TypeOf("")}})
	sv := reflect.New(st).Elem()
	sv.Field(1).SetString("yy")
	fmt.Printf("%+v %v %v\n", sv.Interface(), st, reflect.SliceOf(st))
	keys := reflect.ValueOf(map[string]int{"z": 1, "y": 2}).MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(keys, strings.ToUpper("äöü"), unicode.IsUpper('Ä'), time.Duration(1500)*time.Millisecond)
	var w io.Writer = &strings.Builder{}
	_, isS := w.(fmt.Stringer)
	_, isR := w.(io.Reader)
	fmt.Println(isS, isR)
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = w.(io.Reader)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = ifs[1].(int)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = w.(*K0)
	}()
}

type K0 struct{}

func (*K0) Write([]byte) (int, error) { return 0, nil }
