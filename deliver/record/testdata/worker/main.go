// Command worker does things that a recording must have: files in the folder of its last argument, a TCP connection to itself, threads. With a policy
// as its first argument it restricts itself before, and tells then what else it can do.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"

	"mote/deliver/policy"
	"mote/deliver/sandbox"
)

func main() {
	dir := os.Args[len(os.Args)-1]
	restricted := len(os.Args) == 3
	if restricted {
		p, err := policy.Read(os.Args[1])
		check(err)
		check(sandbox.Install(p))
	}
	check(work(dir))
	if restricted {
		more(dir)
	}
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// work is what is recorded.
func work(dir string) error {
	if _, err := os.ReadFile(filepath.Join(dir, "config")); err != nil {
		return err
	}
	if _, err := os.ReadDir(filepath.Join(dir, "parts")); err != nil {
		return err
	}
	if _, err := os.ReadFile("/proc/self/maps"); err != nil {
		return err
	}
	_, _ = os.ReadFile(filepath.Join(dir, "not there"))
	store := filepath.Join(dir, "store")
	if err := os.WriteFile(filepath.Join(store, "new"), []byte("value"), 0o600); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(store, "new"), filepath.Join(store, "value")); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, "made", "folder"), 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	return talk()
}

// talk sends something to itself over TCP.
func talk() error {
	listener, err := net.Listen("tcp", "127.0.0.1:18734")
	if err != nil {
		return err
	}
	defer listener.Close()
	failed := make(chan error, 1)
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			_, err = conn.Write([]byte("hello"))
			conn.Close()
		}
		failed <- err
	}()
	conn, err := net.Dial("tcp", "127.0.0.1:18734")
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := io.ReadAll(conn); err != nil {
		return err
	}
	return <-failed
}

// more tells of things that were not recorded.
func more(dir string) {
	tell := func(what string, err error) { fmt.Printf("%s: %v\n", what, err) }
	_, err := os.ReadFile(filepath.Join(dir, "secret"))
	tell("read another file", err)
	tell("write what was read", os.WriteFile(filepath.Join(dir, "config"), nil, 0o600))
	_, err = net.Listen("tcp", "127.0.0.1:18735")
	tell("listen on another port", err)
	_, err = net.ListenPacket("udp", "127.0.0.1:0")
	tell("another type of socket", err)
	_, err = syscall.Mmap(-1, 0, 4096, syscall.PROT_READ|syscall.PROT_EXEC, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	tell("executable memory", err)
	_, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 262)
	tell("multipath TCP", err)
	tell("exec", syscall.Exec("/proc/self/exe", []string{"again", dir}, nil))
}
