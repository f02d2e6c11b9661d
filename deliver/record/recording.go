// Package record finds out what a program needs of the kernel by watching it at work, and makes the smallest policy of that.
//
// Start traces a program with ptrace, all of its threads and children: each system call with the arguments that policies can check, and the files and
// ports that it reaches. That is sound where sampling the audit log is not: nothing is missed while it runs, and what failed is told from what
// worked. A recording knows only what the workload has exercised; Policy adds what Go's runtime does rarely, and nothing else.
//
// The guest of the boot gate runs the tracer, so that the recording is of the kernel and architecture of the device. Start reading at Start and Policy.
package record

import (
	"cmp"
	"maps"
	"slices"
)

// Recording is what a program did. Lists are sorted.
type Recording struct {
	Arch    string             `json:"arch"`
	Calls   map[string]uint64  `json:"calls"`             // how often each was made, successful or not
	Args    map[string][]Value `json:"args,omitempty"`    // values of arguments that rules can be about, of calls by name
	Unknown []int              `json:"unknown,omitempty"` // numbers that the tables do not know
	Files   []File             `json:"files,omitempty"`
	Bind    []uint16           `json:"bind,omitempty"`    // TCP ports
	Connect []uint16           `json:"connect,omitempty"` // TCP ports
}

// Value is a value that an argument had.
type Value struct {
	Arg   int    `json:"arg"`
	Value uint64 `json:"value"`
}

// File is how a file was reached, and worked. Folders that files were made in, renamed or removed in have Change.
type File struct {
	Path   string `json:"path"`
	Dir    bool   `json:"dir,omitempty"`
	Read   bool   `json:"read,omitempty"`
	Write  bool   `json:"write,omitempty"`
	Exec   bool   `json:"exec,omitempty"`
	Change bool   `json:"change,omitempty"`
}

// log collects a Recording.
type log struct {
	arch    string
	calls   map[string]uint64
	args    map[string]map[Value]bool
	unknown map[int]bool
	files   map[string]*File
	bind    map[uint16]bool
	connect map[uint16]bool
}

func newLog(arch string) *log {
	return &log{arch: arch, calls: map[string]uint64{}, args: map[string]map[Value]bool{}, unknown: map[int]bool{}, files: map[string]*File{},
		bind: map[uint16]bool{}, connect: map[uint16]bool{}}
}

// file returns the entry for a path.
func (l *log) file(path string) *File {
	f := l.files[path]
	if f == nil {
		f = &File{Path: path}
		l.files[path] = f
	}
	return f
}

// argument notes the value of an argument that rules can be about.
func (l *log) argument(call string, arg int, value uint64) {
	if l.args[call] == nil {
		l.args[call] = map[Value]bool{}
	}
	l.args[call][Value{arg, value}] = true
}

func (l *log) recording() *Recording {
	r := &Recording{Arch: l.arch, Calls: l.calls, Args: map[string][]Value{}}
	r.Unknown = slices.Sorted(maps.Keys(l.unknown))
	r.Bind, r.Connect = slices.Sorted(maps.Keys(l.bind)), slices.Sorted(maps.Keys(l.connect))
	for call, values := range l.args {
		r.Args[call] = slices.SortedFunc(maps.Keys(values), func(a, b Value) int {
			return cmp.Or(cmp.Compare(a.Arg, b.Arg), cmp.Compare(a.Value, b.Value))
		})
	}
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		r.Files = append(r.Files, *l.files[name])
	}
	return r
}
