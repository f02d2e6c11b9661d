package selfcheck

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// text compares the read-only segments in memory with the file that they came from. Memory is read through /proc/self/mem, so that a page
// which is gone is an error and not a crash.
func (c *checker) text() {
	exe, err := os.Open("/proc/self/exe")
	if err != nil {
		c.add("text", Unknown, "%v", err)
		return
	}
	defer exe.Close()
	memory, err := os.Open("/proc/self/mem")
	if err != nil {
		c.add("text", Unknown, "%v", err)
		return
	}
	defer memory.Close()
	im, err := readImage(exe)
	if err != nil {
		c.add("text", Failure, "/proc/self/exe: %v", err)
		return
	}
	name, err1 := os.Readlink("/proc/self/exe")
	maps, err2 := readMaps("/proc/self/maps")
	bias, err := im.bias(maps, name)
	if err := errors.Join(err1, err2, err); err != nil {
		c.add("text", Unknown, "%v", err)
		return
	}
	c.compare(im, exe, memory, bias)
	c.replaced()
}

// compare reports the first difference of each segment.
func (c *checker) compare(im *image, file, memory io.ReaderAt, bias uint64) {
	total := int64(0)
	for _, s := range im.segments {
		at, err := difference(file, memory, s, bias)
		switch {
		case err != nil:
			c.add("text", Failure, "segment at %#x cannot be compared: %v", s.address+bias, err)
			return
		case at >= 0:
			c.add("text", Failure, "the byte at %#x is not the one in the file, at offset %#x", s.address+bias+uint64(at), s.offset+at)
			return
		}
		total += s.size
	}
	c.add("text", OK, "%d bytes of code and constants are those of the file", total)
}

// difference returns where the first byte differs, or -1.
func difference(file, memory io.ReaderAt, s segment, bias uint64) (int64, error) {
	a, b := make([]byte, 1<<16), make([]byte, 1<<16)
	for done := int64(0); done < s.size; {
		n := min(int64(len(a)), s.size-done)
		if _, err := file.ReadAt(a[:n], s.offset+done); err != nil {
			return -1, err
		}
		if _, err := memory.ReadAt(b[:n], int64(s.address+bias)+done); err != nil {
			return -1, err
		}
		if !bytes.Equal(a[:n], b[:n]) {
			for i := range n {
				if a[i] != b[i] {
					return done + i, nil
				}
			}
		}
		done += n
	}
	return -1, nil
}

// bias is by how much the program is not where its file says: 0 unless it is position-independent.
func (im *image) bias(maps []mapping, exe string) (uint64, error) {
	for _, m := range maps {
		if m.path == exe {
			return m.start - m.offset - im.lowest, nil
		}
	}
	return 0, errors.New("the program is not among its own mappings")
}

// replaced says whether the file has been exchanged since the start; an update does that, too.
func (c *checker) replaced() {
	name, err := os.Readlink("/proc/self/exe")
	if err == nil && strings.HasSuffix(name, " (deleted)") {
		c.add("text", Warning, "the file %s has been removed or replaced since the start", strings.TrimSuffix(name, " (deleted)"))
	}
}

// memory tries whether the kernel takes back memory that is given back with MADV_DONTNEED, as Go's runtime relies on: emulators of user programs say
// yes and do nothing.
func (c *checker) memory(size int) {
	if size == 0 {
		size = 4 << 20
	}
	b, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		c.add("memory", Unknown, "mmap: %v", err)
		return
	}
	defer unix.Munmap(b)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	before, err1 := resident()
	err = unix.Madvise(b, unix.MADV_DONTNEED)
	after, err2 := resident()
	switch err := errors.Join(err, err1, err2); {
	case err != nil:
		c.add("memory", Unknown, "%v", err)
	case b[0] != 0:
		c.add("memory", Warning, "madvise(MADV_DONTNEED) succeeds and does nothing: memory is never given back")
	case before-after < size/2:
		c.add("memory", Warning, "of %d bytes that were given back, %d are gone", size, before-after)
	default:
		c.add("memory", OK, "the kernel took back %d of %d bytes at once", before-after, size)
	}
}

// resident is the memory that the process occupies, in bytes (proc(5), statm).
func resident() (int, error) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, errors.New("/proc/self/statm is not as proc(5) says")
	}
	pages, err := strconv.Atoi(fields[1])
	return pages * os.Getpagesize(), err
}
