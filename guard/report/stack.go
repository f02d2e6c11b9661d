package report

import (
	"strconv"
	"strings"

	"golang.org/x/exp/trace"
)

// stackID is an index into stacks.list; noStack is the empty stack.
type stackID int32

const noStack stackID = 0

// stacks keeps each distinct stack of a trace once, as frames of our own: those of the library keep the tables of a whole generation
// of the trace in memory.
type stacks struct {
	list  [][]Frame
	known map[string]stackID      // by content
	cache map[trace.Stack]stackID // of the present generation
}

func newStacks() *stacks {
	return &stacks{list: [][]Frame{nil}, known: map[string]stackID{}, cache: map[trace.Stack]stackID{}}
}

// forget drops what refers to tables of a generation that has ended.
func (s *stacks) forget() { clear(s.cache) }

func (s *stacks) id(st trace.Stack) stackID {
	if st == trace.NoStack {
		return noStack
	}
	if id, ok := s.cache[st]; ok {
		return id
	}
	var frames []Frame
	var key strings.Builder
	for f := range st.Frames() {
		frames = append(frames, Frame{Func: f.Func, File: f.File, Line: int(f.Line)})
		key.WriteString(f.Func)
		key.WriteByte(0)
		key.WriteString(f.File)
		key.WriteByte(0)
		key.WriteString(strconv.FormatUint(f.Line, 10))
		key.WriteByte(0)
	}
	id := noStack
	if len(frames) > 0 {
		var ok bool
		if id, ok = s.known[key.String()]; !ok {
			id = stackID(len(s.list))
			s.list = append(s.list, frames)
			s.known[key.String()] = id
		}
	}
	s.cache[st] = id
	return id
}

func (s *stacks) frames(id stackID) []Frame { return s.list[id] }

// has tells whether the innermost frames, as long as they are the standard library's, include a function of one of the names.
func (s *stacks) has(id stackID, names ...string) bool {
	for _, f := range s.list[id] {
		for _, n := range names {
			if f.Func == n {
				return true
			}
		}
		if !standard(f.Func) {
			return false
		}
	}
	return false
}

// culprit is the frame that a reader can do something about: the innermost one that is not the standard library's, or else the
// outermost one, which says what the goroutine is for.
func culprit(frames []Frame) Frame {
	for _, f := range frames {
		if !standard(f.Func) {
			return f
		}
	}
	if len(frames) == 0 {
		return Frame{Func: "(unknown)"}
	}
	return frames[len(frames)-1]
}

// standard tells whether a function, by its full name, is in the standard library or in what it vendors. Import paths of others have a dot in
// their first element or, as those of modules without one, a first element that std does not have.
func standard(function string) bool {
	function, _, _ = strings.Cut(function, "[") // type arguments have paths of their own
	first, _, nested := strings.Cut(function, "/")
	if !nested {
		first, _, _ = strings.Cut(first, ".")
	}
	switch first {
	case "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "debug", "embed", "encoding", "errors", "expvar",
		"flag", "fmt", "go", "hash", "html", "image", "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin",
		"reflect", "regexp", "runtime", "simd", "slices", "sort", "strconv", "strings", "structs", "sync", "syscall", "testing", "text", "time", "unicode",
		"unique", "unsafe", "vendor", "weak":
		return true
	}
	return false
}
