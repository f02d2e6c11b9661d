// Program reflection uses everything that package reflect does: calls, made types and functions, channels, maps, conversions, and
// what it refuses.
package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

func main() {
	for _, part := range []struct {
		name string
		run  func()
	}{
		{"calls", calls}, {"methods", methods}, {"made functions", madeFunctions}, {"made types", madeTypes}, {"made structs", madeStructs},
		{"channels", channels}, {"selects", selects}, {"maps", maps}, {"slices", slicesAndArrays}, {"conversions", conversions}, {"equality", equality},
		{"iteration", iteration}, {"fields", fields}, {"embedding", embedding}, {"names", names}, {"refusals", refusals},
	} {
		fmt.Println("==", part.name)
		part.run()
	}
}

// attempt prints what f panics with.
func attempt(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s: %v\n", name, r)
		} else {
			fmt.Printf("%s: no panic\n", name)
		}
	}()
	f()
}

func show(values []reflect.Value) string {
	var parts []string
	for _, v := range values {
		parts = append(parts, fmt.Sprintf("%v:%v", v.Type(), v))
	}
	return strings.Join(parts, " ")
}

func valuesOf(args ...any) (list []reflect.Value) {
	for _, a := range args {
		list = append(list, reflect.ValueOf(a))
	}
	return list
}

type pair struct {
	A int8
	B float64
}

type large struct{ X [9]int64 }

func mixed(a bool, b int8, c uint64, d float32, e complex128, f string, g []int, h pair, i large, j any, k func() int) (pair, large, error, string) {
	h.A += b
	i.X[8] = int64(c)
	return h, i, errors.New("e" + f), fmt.Sprint(a, d, e, g, j, k())
}

func variadic(prefix string, rest ...int) string { return fmt.Sprint(prefix, len(rest), rest) }

func calls() {
	args := valuesOf(true, int8(-3), uint64(1)<<40, float32(0.5), 1+2i, "x", []int{1, 2}, pair{4, 2.5}, large{})
	args = append(args, reflect.Zero(reflect.TypeFor[any]()), reflect.ValueOf(func() int { return 7 }))
	fmt.Println(show(reflect.ValueOf(mixed).Call(args)))
	v := reflect.ValueOf(variadic)
	fmt.Println(show(v.Call(valuesOf("a"))), show(v.Call(valuesOf("b", 1, 2))), show(v.CallSlice(valuesOf("c", []int{3, 4, 5}))))
	attempt("too few", func() { v.Call(nil) })
	attempt("wrong type", func() { v.Call(valuesOf(1)) })
	attempt("wrong variadic", func() { v.Call(valuesOf("a", "b")) })
	attempt("nil function", func() { reflect.ValueOf((func())(nil)).Call(nil) })
	attempt("no function", func() { reflect.ValueOf(3).Call(nil) })
	attempt("panic inside", func() { reflect.ValueOf(func() { panic("inside") }).Call(nil) })
	count := 0
	reflect.ValueOf(func() { count++ }).Call(nil)
	fmt.Println(count)
}

type counter struct {
	n    int
	name string
}

func (c counter) Get() int                           { return c.n }
func (c counter) Describe(f string, a ...any) string { return c.name + fmt.Sprintf(f, a...) }
func (c *counter) Add(n int) *counter                { c.n += n; return c }
func (c counter) hidden() int                        { return -1 }

type getter interface{ Get() int }

type word int

func (w word) Get() int { return int(w) * 2 }

func methods() {
	c := &counter{5, "c"}
	v := reflect.ValueOf(c)
	for m := range v.Type().Methods() {
		fmt.Println(m.Index, m.Name, m.Type, m.IsExported())
	}
	fmt.Println(v.NumMethod(), v.Elem().NumMethod(), c.hidden())
	fmt.Println(show(v.MethodByName("Add").Call(valuesOf(3))[0].MethodByName("Get").Call(nil)))
	fmt.Println(show(v.MethodByName("Describe").Call(valuesOf(" %d %s", 1, "two"))))
	fmt.Println(show(v.MethodByName("Describe").CallSlice(valuesOf(" %v", []any{9}))))
	fmt.Println(v.MethodByName("hidden").IsValid(), v.MethodByName("None").IsValid())
	m, ok := v.Type().MethodByName("Add")
	fmt.Println(m.Name, m.Type, ok, m.Func.Call(valuesOf(c, 10))[0].Elem().Field(0))
	add := v.Method(0).Interface().(func(int) *counter)
	fmt.Println(add(1).n, c.n)
	var g getter = word(21)
	gv := reflect.ValueOf(&g).Elem()
	fmt.Println(gv.NumMethod(), gv.Method(0).Call(nil)[0], gv.Type().Method(0).Name, gv.Elem().Type())
	get := gv.MethodByName("Get").Interface().(func() int)
	g = word(1)
	fmt.Println(get(), g.Get())
	im, _ := reflect.TypeFor[getter]().MethodByName("Get")
	fmt.Println(im.Type, im.Func.IsValid())
	fmt.Println(reflect.TypeFor[word]().Implements(reflect.TypeFor[getter]()), reflect.TypeFor[int]().Implements(reflect.TypeFor[getter]()))
	attempt("method of a nil interface", func() {
		var none getter
		reflect.ValueOf(&none).Elem().Method(0)
	})
}

func madeFunctions() {
	swap := func(args []reflect.Value) []reflect.Value { return []reflect.Value{args[1], args[0]} }
	var ints func(int, int) (int, int)
	reflect.ValueOf(&ints).Elem().Set(reflect.MakeFunc(reflect.TypeOf(ints), swap))
	fmt.Println(ints(1, 2))
	var odd func(string, large) (large, string)
	reflect.ValueOf(&odd).Elem().Set(reflect.MakeFunc(reflect.TypeOf(odd), swap))
	l, s := odd("s", large{[9]int64{8: 1 << 50}})
	fmt.Println(l, s)
	var tiny func(int8, float64) (float64, int8)
	reflect.ValueOf(&tiny).Elem().Set(reflect.MakeFunc(reflect.TypeOf(tiny), swap))
	fmt.Println(tiny(-1, 0.25))
	var rest func(string, ...int) int
	reflect.ValueOf(&rest).Elem().Set(reflect.MakeFunc(reflect.TypeOf(rest), func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(args[1].Len())}
	}))
	fmt.Println(rest("x"), rest("x", 1, 2, 3))
	t := reflect.FuncOf([]reflect.Type{reflect.TypeFor[int](), reflect.TypeFor[[]string]()}, []reflect.Type{reflect.TypeFor[error]()}, true)
	f := reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(fmt.Errorf("%v %v", args[0], args[1])).Convert(reflect.TypeFor[error]())}
	})
	fmt.Println(t, show(f.Call(valuesOf(1, "a", "b"))))
	fmt.Println(f.Interface().(func(int, ...string) error)(2, "q"))
	attempt("wrong result", func() {
		reflect.MakeFunc(reflect.TypeFor[func() int](), func([]reflect.Value) []reflect.Value { return valuesOf("x") }).Call(nil)
	})
	attempt("no result", func() {
		reflect.MakeFunc(reflect.TypeFor[func() int](), func([]reflect.Value) []reflect.Value { return nil }).Call(nil)
	})
}

func madeTypes() {
	i, s := reflect.TypeFor[int](), reflect.TypeFor[string]()
	for _, t := range []reflect.Type{
		reflect.PointerTo(i), reflect.SliceOf(s), reflect.ArrayOf(3, i), reflect.MapOf(s, i), reflect.ChanOf(reflect.RecvDir, i), reflect.ChanOf(reflect.BothDir, reflect.ChanOf(reflect.RecvDir, s)),
		reflect.FuncOf(nil, nil, false), reflect.FuncOf([]reflect.Type{i}, []reflect.Type{s, i}, false),
		reflect.SliceOf(reflect.MapOf(reflect.ArrayOf(2, s), reflect.PointerTo(reflect.TypeFor[pair]()))), reflect.ArrayOf(0, s),
	} {
		fmt.Println(t, t.Kind(), t.Size(), t.Comparable(), reflect.Zero(t).IsZero(), reflect.New(t).Type())
	}
	fmt.Println(reflect.SliceOf(i) == reflect.TypeFor[[]int](), reflect.ArrayOf(4, s) == reflect.TypeFor[[4]string](),
		reflect.MapOf(s, i) == reflect.TypeFor[map[string]int](), reflect.FuncOf([]reflect.Type{i}, nil, false) == reflect.TypeFor[func(int)]())
	fresh := reflect.ArrayOf(5, reflect.TypeFor[pair]())
	fmt.Println(fresh, fresh == reflect.ArrayOf(5, reflect.TypeFor[pair]()), fresh.Len(), fresh.Size())
	a := reflect.New(fresh).Elem()
	a.Index(2).Field(0).SetInt(9)
	b := reflect.New(fresh).Elem()
	fmt.Println(a.Equal(b), a.Interface() == b.Interface(), a.Interface() == a.Interface())
	key := reflect.MapOf(fresh, s)
	m := reflect.MakeMap(key)
	m.SetMapIndex(a, reflect.ValueOf("nine"))
	m.SetMapIndex(b, reflect.ValueOf("none"))
	fmt.Println(m.Len(), m.MapIndex(a), m.MapIndex(b), key)
	attempt("map of functions", func() { reflect.MapOf(reflect.TypeFor[func()](), i) })
	attempt("negative array", func() { reflect.ArrayOf(-1, i) })
	attempt("variadic without slice", func() { reflect.FuncOf([]reflect.Type{i}, nil, true) })
}

func madeStructs() {
	t := reflect.StructOf([]reflect.StructField{
		{Name: "Name", Type: reflect.TypeFor[string](), Tag: `json:"name"`},
		{Name: "Flag", Type: reflect.TypeFor[bool]()},
		{Name: "Big", Type: reflect.TypeFor[uint64]()},
		{Name: "List", Type: reflect.TypeFor[[]int]()},
	})
	fmt.Println(t, t.Size(), t.NumField(), t.Field(0).Tag.Get("json"), t.Comparable())
	v := reflect.New(t).Elem()
	v.Field(0).SetString("n")
	v.FieldByName("Flag").SetBool(true)
	v.Field(2).SetUint(1 << 63)
	v.Field(3).Set(reflect.ValueOf([]int{1}))
	fmt.Printf("%+v %v\n", v, v.Interface())
	same := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeFor[int]()}, {Name: "Y", Type: reflect.TypeFor[string]()}})
	fmt.Println(same == reflect.TypeOf(struct {
		X int
		Y string
	}{}))
	x := reflect.New(same).Elem()
	x.Field(0).SetInt(3)
	p := x.Interface().(struct {
		X int
		Y string
	})
	fmt.Println(p.X, x.Equal(reflect.ValueOf(p)))
	keys := map[any]int{x.Interface(): 1}
	fmt.Println(keys[p])
	e := reflect.StructOf([]reflect.StructField{{Name: "Pair", Type: reflect.TypeFor[Inner](), Anonymous: true}})
	fmt.Println(e, e.NumMethod())
	attempt("field without name", func() { reflect.StructOf([]reflect.StructField{{Type: reflect.TypeFor[int]()}}) })
	attempt("unexported without package", func() { reflect.StructOf([]reflect.StructField{{Name: "x", Type: reflect.TypeFor[int]()}}) })
	attempt("field twice", func() {
		f := reflect.StructField{Name: "X", Type: reflect.TypeFor[int]()}
		reflect.StructOf([]reflect.StructField{f, f})
	})
}

func channels() {
	c := reflect.MakeChan(reflect.TypeFor[chan int](), 2)
	c.Send(reflect.ValueOf(1))
	fmt.Println(c.TrySend(reflect.ValueOf(2)), c.TrySend(reflect.ValueOf(3)), c.Len(), c.Cap())
	v, ok := c.Recv()
	fmt.Println(v, ok)
	v, ok = c.TryRecv()
	fmt.Println(v, ok)
	v, ok = c.TryRecv()
	fmt.Println(v.IsValid(), ok)
	c.Close()
	v, ok = c.Recv()
	fmt.Println(v, ok)
	done := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, reflect.TypeFor[large]()), 0)
	go func() { done.Send(reflect.ValueOf(large{[9]int64{1}})) }()
	v, ok = done.Recv()
	fmt.Println(v, ok, done.Type())
	attempt("send on closed", func() { c.Send(reflect.ValueOf(1)) })
	attempt("receive from send-only", func() { reflect.ValueOf(make(chan<- int)).Recv() })
	attempt("unbuffered without direction", func() { reflect.MakeChan(reflect.TypeFor[<-chan int](), 0) })
}

func selects() {
	a, b := make(chan int, 1), make(chan string, 1)
	cases := []reflect.SelectCase{
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(a)},
		{Dir: reflect.SelectSend, Chan: reflect.ValueOf(b), Send: reflect.ValueOf("s")},
		{Dir: reflect.SelectRecv},
	}
	i, v, ok := reflect.Select(cases)
	fmt.Println(i, v.IsValid(), ok, <-b)
	b <- "full"
	a <- 4
	i, v, ok = reflect.Select(cases)
	fmt.Println(i, v, ok)
	i, v, ok = reflect.Select(append(cases, reflect.SelectCase{Dir: reflect.SelectDefault}))
	fmt.Println(i, v.IsValid(), ok)
	go func() { a <- 5 }()
	i, v, ok = reflect.Select(cases[:2])
	fmt.Println(i, v, ok)
	close(a)
	i, v, ok = reflect.Select(cases)
	fmt.Println(i, v, ok)
	attempt("two defaults", func() {
		d := reflect.SelectCase{Dir: reflect.SelectDefault}
		reflect.Select([]reflect.SelectCase{d, d})
	})
}

func maps() {
	m := reflect.MakeMapWithSize(reflect.TypeFor[map[string]pair](), 10)
	for i, k := range []string{"x", "y", "z"} {
		m.SetMapIndex(reflect.ValueOf(k), reflect.ValueOf(pair{int8(i), float64(i) / 2}))
	}
	m.SetMapIndex(reflect.ValueOf("y"), reflect.Value{})
	fmt.Println(m.Len(), m.MapIndex(reflect.ValueOf("x")), m.MapIndex(reflect.ValueOf("y")).IsValid(), m)
	var keys []string
	for it := m.MapRange(); it.Next(); {
		keys = append(keys, fmt.Sprint(it.Key(), it.Value()))
	}
	slices.Sort(keys)
	fmt.Println(keys)
	ks := m.MapKeys()
	slices.SortFunc(ks, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	fmt.Println(ks)
	key, elem := reflect.New(reflect.TypeFor[string]()).Elem(), reflect.New(reflect.TypeFor[pair]()).Elem()
	it := reflect.ValueOf(map[string]pair{"k": {1, 1}}).MapRange()
	it.Next()
	key.SetIterKey(it)
	elem.SetIterValue(it)
	fmt.Println(key, elem, it.Next())
	m.Clear()
	fmt.Println(m.Len(), reflect.ValueOf(map[any]int{1: 2, "a": 3}).MapIndex(reflect.ValueOf("a")))
	attempt("assignment to a nil map", func() { reflect.ValueOf(map[string]int(nil)).SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(1)) })
	attempt("unhashable", func() { reflect.ValueOf(map[any]int{}).SetMapIndex(reflect.ValueOf([]int{1}), reflect.ValueOf(1)) })
}

func slicesAndArrays() {
	s := reflect.MakeSlice(reflect.TypeFor[[]int](), 2, 4)
	s = reflect.Append(s, valuesOf(1, 2, 3)...)
	s = reflect.AppendSlice(s, reflect.ValueOf([]int{9}))
	fmt.Println(s, s.Len(), s.Slice(1, 3), s.Slice3(0, 1, 2).Cap(), reflect.Copy(s, reflect.ValueOf([]int{7, 7})), s)
	p := reflect.New(s.Type())
	p.Elem().Set(s)
	p.Elem().SetLen(3)
	p.Elem().SetCap(3)
	p.Elem().Grow(5)
	fmt.Println(p.Elem(), p.Elem().Cap() >= 8)
	swap := reflect.Swapper([]string{"a", "b"})
	swap(0, 1)
	text := []string{"a", "b", "c"}
	reflect.Swapper(text)(0, 2)
	fmt.Println(text)
	arr := [3]int8{1, 2, 3}
	av := reflect.ValueOf(&arr).Elem()
	av.Index(1).SetInt(-5)
	fmt.Println(arr, av.Slice(1, 3), reflect.ValueOf("hello").Slice(1, 3), reflect.ValueOf("hello").Index(1))
	fmt.Println(reflect.ValueOf([]byte("bytes")).Bytes(), reflect.Indirect(p).Index(0))
	attempt("index", func() { av.Index(3) })
	attempt("slice of an array that has no address", func() { reflect.ValueOf(arr).Slice(0, 1) })
	attempt("set without address", func() { reflect.ValueOf(arr).Index(0).SetInt(1) })
	attempt("overflow of length", func() { p.Elem().SetLen(1000) })
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f degrees", float64(c)) }

func conversions() {
	to := func(x any, t reflect.Type) {
		v := reflect.ValueOf(x)
		if !v.CanConvert(t) {
			fmt.Printf("%T to %v: no\n", x, t)
			return
		}
		c := v.Convert(t)
		fmt.Printf("%T to %v: %v %v\n", x, t, c, c.Type() == t)
	}
	to(300, reflect.TypeFor[uint8]())
	to(-1, reflect.TypeFor[uint64]())
	to(2.75, reflect.TypeFor[int16]())
	to(uint64(1)<<63, reflect.TypeFor[float64]())
	to(complex64(1+2i), reflect.TypeFor[complex128]())
	to(65, reflect.TypeFor[string]())
	to("héé", reflect.TypeFor[[]rune]())
	to([]rune{104, 105}, reflect.TypeFor[string]())
	to("abc", reflect.TypeFor[[]byte]())
	to([]byte("xyz"), reflect.TypeFor[string]())
	to([]int{1, 2, 3}, reflect.TypeFor[[2]int]())
	to([]int{1, 2, 3}, reflect.TypeFor[*[3]int]())
	to([]int{1}, reflect.TypeFor[[2]int]())
	to(36.6, reflect.TypeFor[celsius]())
	to(celsius(1), reflect.TypeFor[fmt.Stringer]())
	to(pair{1, 2}, reflect.TypeFor[struct {
		A int8
		B float64
	}]())
	to((chan int)(nil), reflect.TypeFor[<-chan int]())
	to("x", reflect.TypeFor[int]())
	fmt.Println(reflect.ValueOf(int64(200)).OverflowInt(100), reflect.Zero(reflect.TypeFor[int8]()).OverflowInt(128), reflect.Zero(reflect.TypeFor[float32]()).OverflowFloat(1e40))
	fmt.Println(reflect.TypeFor[celsius]().ConvertibleTo(reflect.TypeFor[int]()), reflect.TypeFor[celsius]().AssignableTo(reflect.TypeFor[float64]()))
	attempt("no conversion", func() { reflect.ValueOf("x").Convert(reflect.TypeFor[float32]()) })
}

type node struct {
	next  *node
	value int
	tags  map[string][]int
}

func equality() {
	a := &node{value: 1, tags: map[string][]int{"a": {1, 2}}}
	b := &node{value: 1, tags: map[string][]int{"a": {1, 2}}}
	a.next, b.next = a, b
	fmt.Println(reflect.DeepEqual(a, b))
	b.tags["a"][1] = 3
	fmt.Println(reflect.DeepEqual(a, b))
	for _, c := range [][2]any{
		{[]int(nil), []int{}}, {[]int{}, []int{}}, {map[int]int(nil), map[int]int{}}, {1, int64(1)}, {func() {}, func() {}}, {error(nil), nil},
		{[]any{1, "a", nil}, []any{1, "a", nil}}, {[2]pair{{1, 2}}, [2]pair{{1, 2}}}, {io.EOF, io.EOF}, {errors.New("x"), errors.New("x")},
	} {
		fmt.Print(reflect.DeepEqual(c[0], c[1]), " ")
	}
	nan := 0.0
	nan /= nan
	fmt.Println(reflect.DeepEqual(nan, nan), reflect.DeepEqual([]float64{nan}, []float64{nan}))
	fmt.Println(reflect.ValueOf(pair{1, 2}).Equal(reflect.ValueOf(pair{1, 2})), reflect.ValueOf(pair{}).Comparable(), reflect.ValueOf([]int{}).Comparable(), reflect.ValueOf([1]any{[]int{}}).Comparable())
	attempt("slices are not comparable", func() { reflect.ValueOf([]int{}).Equal(reflect.ValueOf([]int{})) })
}

func iteration() {
	for v := range reflect.ValueOf(3).Seq() {
		fmt.Print(v, " ")
	}
	for v := range reflect.ValueOf([]string{"a", "b"}).Seq() {
		fmt.Print(v, " ")
	}
	for i, v := range reflect.ValueOf([2]bool{true}).Seq2() {
		fmt.Print(i, v, " ")
	}
	for i, r := range reflect.ValueOf("hé").Seq2() {
		fmt.Print(i, r, " ")
	}
	for k, v := range reflect.ValueOf(map[string]int{"k": 1}).Seq2() {
		fmt.Print(k, v, " ")
	}
	c := make(chan int, 2)
	c <- 1
	c <- 2
	close(c)
	for v := range reflect.ValueOf(c).Seq() {
		fmt.Print(v, " ")
	}
	count := func(yield func(int, string) bool) {
		for i := 0; yield(i, "v"); i++ {
		}
	}
	for i, v := range reflect.ValueOf(count).Seq2() {
		if i.Int() == 3 {
			break
		}
		fmt.Print(i, v, " ")
	}
	fmt.Println()
}

type Inner struct {
	X, Y int
}

func (Inner) Hello() string   { return "hello" }
func (i *Inner) Set(x int)    { i.X = x }
func (i Inner) private() bool { return true }

type secret struct{ S string }

func (s secret) Reveal() string { return s.S }

type Outer struct {
	Inner
	*secret
	fmt.Stringer
	Y    string `a:"1" b:"two"`
	priv int
	_    int
}

func fields() {
	t := reflect.TypeFor[Outer]()
	for _, f := range reflect.VisibleFields(t) {
		fmt.Println(f.Name, f.Type, f.Index, f.Anonymous, f.IsExported(), f.PkgPath, f.Offset)
	}
	f, ok := t.FieldByName("X")
	fmt.Println(f.Index, ok)
	f, ok = t.FieldByName("Y")
	b, found := f.Tag.Lookup("b")
	fmt.Println(f.Type, f.Tag, b, found, ok)
	_, ok = t.FieldByNameFunc(func(s string) bool { return strings.ToLower(s) == "s" })
	fmt.Println(ok)
	o := Outer{Inner: Inner{1, 2}, secret: &secret{"s"}, Stringer: celsius(3), Y: "y", priv: 4}
	v := reflect.ValueOf(&o).Elem()
	v.FieldByName("X").SetInt(10)
	fmt.Println(o.X, v.FieldByIndex([]int{1, 0}), v.FieldByName("Inner").FieldByName("Y"), v.FieldByName("priv").Int())
	fmt.Println(v.FieldByName("priv").CanSet(), v.FieldByName("priv").CanInterface(), v.FieldByName("X").CanAddr(), v.FieldByName("None").IsValid())
	o.secret = nil
	_, err := v.FieldByIndexErr([]int{1, 0})
	fmt.Println(err)
	v.SetZero()
	fmt.Println(v.IsZero(), o.Y == "")
}

func embedding() {
	o := &Outer{Inner: Inner{1, 2}, secret: &secret{"hush"}, Stringer: celsius(3)}
	v := reflect.ValueOf(o)
	for i := range v.NumMethod() {
		fmt.Println(v.Type().Method(i).Name, v.Type().Method(i).Type)
	}
	fmt.Println(v.MethodByName("Hello").Call(nil)[0], v.MethodByName("Reveal").Call(nil)[0], v.MethodByName("String").Call(nil)[0])
	v.MethodByName("Set").Call(valuesOf(77))
	fmt.Println(o.X, v.Elem().NumMethod(), o.private())
	fmt.Println(v.Type().Implements(reflect.TypeFor[fmt.Stringer]()), reflect.TypeFor[*Inner]().Implements(reflect.TypeFor[interface{ Hello() string }]()))
	var s fmt.Stringer = o
	fmt.Println(reflect.ValueOf(&s).Elem().Method(0).Call(nil)[0])
}

type list[T any] struct {
	head T
	tail *list[T]
}

func names() {
	type local struct{ A, b int }
	for _, t := range []reflect.Type{
		reflect.TypeFor[int](), reflect.TypeFor[list[pair]](), reflect.TypeFor[*list[map[string]local]](), reflect.TypeFor[local](), reflect.TypeFor[error](),
		reflect.TypeFor[struct {
			A int `t:"x"`
			b string
		}](), reflect.TypeFor[interface {
			M(int, ...string) (a, b error)
			private()
		}](), reflect.TypeFor[func(...[]int) <-chan (chan<- int)](), reflect.TypeFor[[3]*[]map[rune]uintptr](), reflect.TypeFor[reflect.Value](),
	} {
		fmt.Printf("%v name=%q pkg=%q kind=%v\n", t, t.Name(), t.PkgPath(), t.Kind())
	}
}

// refusals needs the names of functions: a program that asks for none has no table of them, and reflect's messages say "unknown method".
func refusals() {
	_, _, _, ok := runtime.Caller(0)
	fmt.Println(ok)
	x := 3
	v := reflect.ValueOf(x)
	attempt("set", func() { v.SetInt(4) })
	attempt("addr", func() { v.Addr() })
	attempt("string set", func() { reflect.ValueOf(&x).Elem().SetString("x") })
	attempt("wrong type set", func() { reflect.ValueOf(&x).Elem().Set(reflect.ValueOf("x")) })
	attempt("zero value", func() { reflect.Value{}.Type() })
	attempt("elem", func() { v.Elem() })
	attempt("field", func() { v.Field(0) })
	attempt("field index", func() { reflect.ValueOf(pair{}).Field(2) })
	attempt("len", func() { v.Len() })
	attempt("nil", func() { v.IsNil() })
	attempt("unexported interface", func() { reflect.ValueOf(Outer{}).FieldByName("priv").Interface() })
	attempt("unexported set", func() { reflect.ValueOf(&Outer{}).Elem().FieldByName("priv").SetInt(1) })
	attempt("unexported method", func() { reflect.ValueOf(struct{ i getter }{word(1)}).Field(0).Method(0).Call(nil) })
	attempt("type elem", func() { reflect.TypeFor[int]().Elem() })
	attempt("type field", func() { reflect.TypeFor[pair]().Field(5) })
	attempt("type key", func() { reflect.TypeFor[[]int]().Key() })
	attempt("int of string", func() { reflect.ValueOf("x").Int() })
	fmt.Println(reflect.ValueOf("x"), reflect.ValueOf(x).String(), reflect.Value{}, reflect.ValueOf(nil).IsValid())
}
