// Command patient does to itself what its argument says, and prints the report of its self-check as JSON.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"time"

	"golang.org/x/sys/unix"

	"mote/deliver/selfcheck"
)

//go:noinline
func unused() int { return len(os.Args) }

func main() {
	o := selfcheck.Options{}
	if err := prepare(os.Args[1], &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(selfcheck.Run(o)); err != nil {
		os.Exit(1)
	}
}

func prepare(what string, o *selfcheck.Options) error {
	switch what {
	case "healthy":
		o.ReadOnly = os.Args[2:]
	case "patched":
		return patch()
	case "injected":
		_, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE)
		return err
	case "early":
		o.NotBefore = time.Now().Add(time.Hour)
	case "late":
		o.NotAfter = time.Unix(1, 0)
	case "replaced":
		return os.Remove(os.Args[0])
	case "init":
		o.Init = "/sbin/no such init"
	}
	return nil
}

// patch changes two bytes of its own text through /proc/self/mem, and makes sure that a hash of /proc/self/exe stays the same.
func patch() error {
	before, err := hash()
	if err != nil {
		return err
	}
	f, err := os.OpenFile("/proc/self/mem", os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte{0x00, 0x01}, int64(reflect.ValueOf(unused).Pointer())+1); err != nil {
		return err
	}
	after, err := hash()
	if err == nil && before != after {
		return fmt.Errorf("the hash of /proc/self/exe changed")
	}
	return err
}

func hash() ([32]byte, error) {
	text, err := os.ReadFile("/proc/self/exe")
	return sha256.Sum256(text), err
}
