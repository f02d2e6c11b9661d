//go:build mote

package syscall

// Bits of Stat_t.Mode: the type of a file and what chmod sets beside permissions.
const (
	S_IFMT   = 0xf000
	S_IFSOCK = 0xc000
	S_IFLNK  = 0xa000
	S_IFREG  = 0x8000
	S_IFBLK  = 0x6000
	S_IFDIR  = 0x4000
	S_IFCHR  = 0x2000
	S_IFIFO  = 0x1000
	S_ISUID  = 0x800
	S_ISGID  = 0x400
	S_ISVTX  = 0x200
)

// Stat_t describes a file.
type Stat_t struct {
	Dev   uint64
	Ino   uint64
	Nlink uint32
	Mode  uint32
	Uid   uint32
	Gid   uint32
	Size  int64
	Mtim  Timespec
}

// statScript asks GNU's and busybox's stat, and if that fails BSD's, for hexadecimal mode and decimal numbers. The last line
// is the answer; if there is none the first says why.
func statScript(follow string) string {
	return "stat" + follow + ` -c '%f %s %.9Y %d %i %h %u %g' -- "$p" || stat` + follow + ` -f '%Xp %z %Fm %d %i %l %u %g' -- "$p"`
}

// Stat describes the file at path.
func Stat(path string, st *Stat_t) error { return stat(path, statScript(" -L"), st) }

// Lstat describes the file at path, a symbolic link itself.
func Lstat(path string, st *Stat_t) error { return stat(path, statScript(""), st) }

func stat(path, script string, st *Stat_t) error {
	text, err := shellPath(path, script)
	if err != nil {
		return err
	}
	p := statParser{lastLine(text)}
	*st = Stat_t{Mode: uint32(p.number(16)), Size: int64(p.number(10))}
	st.Mtim = p.time()
	st.Dev, st.Ino, st.Nlink = p.number(10), p.number(10), uint32(p.number(10))
	st.Uid, st.Gid = uint32(p.number(10)), uint32(p.number(10))
	return nil
}

// statParser reads what stat prints.
type statParser struct{ text []byte }

// lastLine returns the last line of text, which ends in a newline.
func lastLine(text []byte) []byte {
	start := len(text) - 1
	for start > 0 && text[start-1] != '\n' {
		start--
	}
	return text[max(start, 0):]
}

// skip passes over a byte if it is the next one.
func (p *statParser) skip(c byte) bool {
	if len(p.text) == 0 || p.text[0] != c {
		return false
	}
	p.text = p.text[1:]
	return true
}

// number reads a number and spaces before it.
func (p *statParser) number(base uint64) (n uint64) {
	for p.skip(' ') {
	}
	for len(p.text) > 0 {
		digit := uint64(hexDigit(p.text[0]))
		if digit >= base {
			break
		}
		n, p.text = n*base+digit, p.text[1:]
	}
	return n
}

func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// time reads seconds with or without a fraction; before 1970 they are negative.
func (p *statParser) time() Timespec {
	p.skip(' ')
	negative := p.skip('-')
	t := Timespec{Sec: int64(p.number(10))}
	if p.skip('.') || p.skip(',') {
		before := len(p.text)
		t.Nsec = int32(p.number(10))
		for range 9 - (before - len(p.text)) {
			t.Nsec *= 10
		}
	}
	if negative {
		t.Sec = -t.Sec
		if t.Nsec > 0 {
			t.Sec, t.Nsec = t.Sec-1, 1e9-t.Nsec
		}
	}
	return t
}
