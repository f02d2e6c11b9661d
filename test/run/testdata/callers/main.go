// Callers covers what a program can ask about its own calls: names, files and lines through inlining, panics and goroutines.
package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
)

// show prints the calls of package main that are in progress, innermost first.
func show(title string) {
	fmt.Println(title)
	pcs := make([]uintptr, 50)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") || f.Function == "runtime.gopanic" || f.Function == "runtime.main" || f.Function == "runtime.goexit" {
			place := fmt.Sprint(filepath.Base(f.File), ":", f.Line)
			if strings.HasPrefix(f.Function, "runtime.") {
				place = "" // the ports differ
			}
			fmt.Println("\t"+f.Function, place)
		}
		if !more {
			return
		}
	}
}

type point struct{ x, y int }

func (p point) value()    { show("value method") }
func (p *point) pointer() { show("pointer method") }

type outer struct {
	*point
	n int
}

type valuer interface{ value() }

func a() { b() }
func b() { c() }

func c() {
	show("three deep")
}

//go:noinline
func kept(f func()) {
	f()
	_ = 0
}

func generic[T any](v T) {
	show(fmt.Sprintf("generic %v", v))
}

//go:noinline
func closures() {
	f := func() {
		func() {
			show("nested literals")
		}()
	}
	kept(f)
}

func deferred() {
	defer show("deferred")
	defer func() {
		show("deferred literal")
	}()
	if len(title) > 100 {
		return
	}
	kept(func() {})
}

var title = "t"

func nilPointer(p *point) (x int) {
	defer func() {
		show(fmt.Sprint("recovered ", recover() != nil))
	}()
	x = 1
	return p.x +
		x
}

func index(list []int, i int) int {
	defer func() {
		recover()
		show("index")
	}()
	if i > 100 {
		return list[i-1]
	}
	return list[i]
}

func explicit() {
	defer func() {
		defer func() {
			show(fmt.Sprint("again ", recover()))
		}()
		panic(fmt.Sprint(recover(), " second"))
	}()
	panic("first")
}

func recursive(n int) {
	if n == 0 {
		show("recursive")
		return
	}
	recursive(n - 1)
}

func sequence(yield func(int) bool) {
	_ = yield(1) && yield(2)
}

func caller() {
	for skip := range 2 {
		pc, file, line, ok := runtime.Caller(skip)
		f := runtime.FuncForPC(pc)
		fmt.Println(skip, f.Name(), filepath.Base(file), line, ok)
	}
	_, _, _, ok := runtime.Caller(50)
	fmt.Println(ok)
}

//go:noinline
func named() {}

func functions() {
	for _, f := range []any{named, (*point).pointer, strings.ToUpper, fmt.Println} {
		pc := reflect.ValueOf(f).Pointer()
		fn := runtime.FuncForPC(pc)
		file, line := fn.FileLine(fn.Entry())
		if fn.Entry() != pc || line == 0 {
			fmt.Println("entry", fn.Entry(), pc, line)
		}
		fmt.Println(fn.Name(), filepath.Base(file))
	}
	var none *runtime.Func
	fmt.Println(none.Name() == "", runtime.FuncForPC(0) == nil)
}

// stack prints functions and places of the text of a stack; arguments and offsets are not compared.
func stack(text []byte) {
	lines := strings.Split(string(text), "\n")
	for i := 1; i+1 < len(lines); i += 2 {
		name, _, _ := strings.Cut(lines[i], "(")
		place := filepath.Base(lines[i+1])
		place, _, _ = strings.Cut(place, " ")
		if strings.HasPrefix(lines[i], "main.") {
			fmt.Println("\t"+name, place)
		}
	}
	fmt.Println(strings.HasSuffix(lines[0], " [running]:"), bytes.HasSuffix(text, []byte("\n")))
}

func blocked(c chan int) int {
	return <-c + 1
}

// others waits until another goroutine's stack shows where it blocks.
func others() {
	c := make(chan int)
	go func() { c <- blocked(c) }()
	buf := make([]byte, 2048)
	for {
		text := string(buf[:runtime.Stack(buf, true)])
		if _, rest, ok := strings.Cut(text, "[chan receive]:\n"); ok {
			fmt.Println(strings.Contains(rest, "main.blocked("), strings.Contains(rest, "main.others.func1("))
			break
		}
		runtime.Gosched()
	}
	c <- 1
	fmt.Println(<-c)
}

func panicking(v reflect.Value) {
	defer func() { fmt.Println(recover()) }()
	v.NumField()
}

func main() {
	a()
	p := &point{1, 2}
	p.value()
	p.pointer()
	o := outer{point: p}
	o.value()
	valuer(o).value()
	valuer(p).value()
	f := o.pointer
	f()
	generic(1)
	generic("s")
	closures()
	deferred()
	nilPointer(nil)
	index(nil, 3)
	index(nil, 300)
	explicit()
	recursive(3)
	for i := range sequence {
		show(fmt.Sprint("range over func ", i))
	}
	caller()
	functions()
	done := make(chan bool)
	go func() {
		defer close(done)
		show("goroutine")
		stack(debug.Stack())
	}()
	<-done
	buf := make([]byte, 1024)
	n := runtime.Stack(buf, false)
	stack(buf[:n])
	small := make([]byte, 9)
	fmt.Println(runtime.Stack(small, false), string(small))
	others()
	panicking(reflect.ValueOf(1))
//line other.go:100
	caller()
}
