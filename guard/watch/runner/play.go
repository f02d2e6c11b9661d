//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"github.com/mote-go/mote/guard/watch"
)

// play is a watched process. It prints the child's number, for a captured one also when that began, and each report.
func play(early watch.Token, role string) error {
	over := make(chan bool, 100)
	w, err := watch.Start(watch.Config{Early: early, Quiet: true, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Notice: func(r watch.Report) {
		json.NewEncoder(os.Stdout).Encode(r)
		over <- r.Judgement == watch.Over
	}})
	if err != nil {
		return err
	}
	fmt.Println(w.PID())
	switch role {
	case "captured":
		fmt.Println(time.Now().UnixNano())
		captured()
		for told := false; !told; {
			select {
			case told = <-over:
			case <-time.After(time.Second): // the child has not noticed
				told = true
			}
		}
	case "busy":
		stop := make(chan bool)
		go work(stop)
		io.Copy(io.Discard, os.Stdin)
		close(stop)
	default:
		io.Copy(io.Discard, os.Stdin)
	}
	return w.Close()
}

// work computes 7 of 10 milliseconds: 70% of one processor.
func work(stop <-chan bool) {
	for {
		for begin := time.Now(); time.Since(begin) < 7*time.Millisecond; {
		}
		select {
		case <-stop:
			return
		case <-time.After(3 * time.Millisecond):
		}
	}
}

// captured holds all processors until there is something to read.
func captured() {
	syscall.SetNonblock(0, true)
	var wg sync.WaitGroup
	for i := 0; i < runtime.GOMAXPROCS(0); i++ {
		wg.Add(1)
		go func() { defer wg.Done(); capture() }()
	}
	wg.Wait()
}

// capture cannot be preempted: signals arrive while it is in the kernel, so its program counter is in assembly.
func capture() {
	var b [1]byte
	for {
		// Safety: the kernel writes one byte, which the call keeps alive.
		if n, _, errno := syscall.RawSyscall(syscall.SYS_READ, 0, uintptr(unsafe.Pointer(&b)), 1); errno == 0 && n <= 1 {
			return
		}
	}
}
