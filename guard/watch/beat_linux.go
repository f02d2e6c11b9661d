package watch

import (
	"fmt"
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// pageSize is what is shared; one counter is all that is used.
const pageSize = 4096

// sharedFile makes a file in memory that a child can be given. It cannot be shrunk, so that reading its map never faults.
func sharedFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("guard-heartbeat", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("memfd_create: %w", err)
	}
	f := os.NewFile(uintptr(fd), "guard-heartbeat")
	if err := f.Truncate(pageSize); err != nil {
		return nil, err
	}
	if _, err := unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL); err != nil {
		return nil, fmt.Errorf("sealing the heartbeat: %w", err)
	}
	return f, nil
}

// mapBeats maps the shared page. It is never unmapped: a request may count a beat at any time.
func mapBeats(f *os.File) (*atomic.Uint64, error) {
	mem, err := unix.Mmap(int(f.Fd()), 0, pageSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("mmap of the heartbeat: %w", err)
	}
	// Safety: the map is page aligned, longer than the counter, and stays for the life of the process.
	return (*atomic.Uint64)(unsafe.Pointer(&mem[0])), nil
}
