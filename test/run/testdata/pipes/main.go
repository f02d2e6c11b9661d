// Command pipes uses os.Pipe: end of file, broken pipes, full pipes, several writers, and capturing standard output.
package main

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sort"
	"strings"
	"sync"
	"syscall"
)

func main() {
	capture()
	big()
	ends()
	writers()
	closedWhileReading()
	many()
}

func pipe() (r, w *os.File) {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	return r, w
}

// capture does what package testing does with an example.
func capture() {
	stdout := os.Stdout
	r, w := pipe()
	os.Stdout = w
	text := make(chan string)
	go func() {
		var b strings.Builder
		_, err := io.Copy(&b, r)
		r.Close()
		if err != nil {
			b.WriteString(err.Error())
		}
		text <- b.String()
	}()
	fmt.Println("Hello,", "pipe")
	fmt.Print("and more")
	w.Close()
	os.Stdout = stdout
	fmt.Printf("%q\n", <-text)
}

// big sends more at once than any pipe holds, to a reader with a small buffer: small boards have no room for all of it twice.
func big() {
	r, w := pipe()
	go func() {
		n, err := w.WriteString(strings.Repeat("0123456789", 2000))
		w.Close()
		_ = n
		_ = err
	}()
	sum := crc32.NewIEEE()
	n, err := io.CopyBuffer(struct{ io.Writer }{sum}, struct{ io.Reader }{r}, make([]byte, 500))
	fmt.Println(n, sum.Sum32(), err)
	fmt.Println(r.Close())
}

func ends() {
	r, w := pipe()
	fmt.Fprint(w, "left")
	fmt.Println(w.Close())
	b := make([]byte, 3)
	for range 3 {
		n, err := r.Read(b)
		fmt.Println(n, string(b[:n]), err)
	}
	fmt.Println(r.Close())
	_, err := r.Read(b)
	fmt.Println(err, errors.Is(err, os.ErrClosed))
	fmt.Println(r.Close())

	r, w = pipe()
	_, err = r.Write([]byte("x"))
	fmt.Println(err)
	_, err = w.Read(b)
	fmt.Println(err)
	_, err = r.Seek(0, io.SeekStart)
	fmt.Println(err)
	info, err := r.Stat()
	fmt.Println(info.Mode(), info.Name(), err)
	r.Close()
	n, err := w.Write([]byte("x"))
	fmt.Println(n, err, errors.Is(err, syscall.EPIPE))
	w.Close()
}

func writers() {
	r, w := pipe()
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 20 {
				fmt.Fprintf(w, "%d-%02d\n", i, j)
			}
		}()
	}
	go func() { wg.Wait(); w.Close() }()
	data, _ := io.ReadAll(r)
	lines := strings.Fields(string(data))
	sort.Strings(lines)
	fmt.Println(len(lines), lines[0], lines[37], lines[99])
}

func closedWhileReading() {
	r, w := pipe()
	started, done := make(chan bool), make(chan error)
	go func() {
		close(started)
		_, err := r.Read(make([]byte, 1))
		done <- err
	}()
	<-started
	r.Close()
	fmt.Println(<-done)
	w.Close()
}

func many() {
	sum := 0
	for i := range 100 {
		r, w := pipe()
		w.Write([]byte{byte(i)})
		w.Close()
		b, _ := io.ReadAll(r)
		sum += int(b[0])
		r.Close()
	}
	fmt.Println(sum)
}
