package target

import (
	"io/fs"
	"reflect"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// description is one TOML file, and the union of all that a board inherits.
type description struct {
	Inherits       any               `toml:"inherits"` // a string or a list of them
	Description    string            `toml:"description"`
	CPU            string            `toml:"cpu"`
	Triple         string            `toml:"triple"`
	GOARCH         string            `toml:"goarch"`
	Tags           []string          `toml:"tags"`
	Features       string            `toml:"features"`
	CFlags         []string          `toml:"cflags"`
	LLDFlags       []string          `toml:"lldflags"`
	DataLayout     string            `toml:"data_layout"`
	HardFloat      bool              `toml:"hard_float"`
	Atomics        bool              `toml:"atomics"`
	Cores          int               `toml:"cores"`
	Flash          []Region          `toml:"flash"`
	RAM            []Region          `toml:"ram"`
	Markers        uint64            `toml:"markers"`
	CPUHz          int64             `toml:"cpu_hz"`
	TickHz         int64             `toml:"tick_hz"`
	Tasks          int64             `toml:"tasks"`
	Exceptions     map[string]string `toml:"exceptions"`
	IRQs           int               `toml:"irqs"`
	IRQNames       []string          `toml:"irq_names"`
	StackHandler   int64             `toml:"stack_handler"`
	StackMain      int64             `toml:"stack_main"`
	StackGoroutine int64             `toml:"stack_goroutine"`
	StackTest      int64             `toml:"stack_test"`
	Startup        []string          `toml:"startup"`
	Emulator       Emulator          `toml:"emulator"`
}

// resolver merges a file and what it inherits; origin remembers which file set a key, for messages.
type resolver struct {
	data   fs.FS
	merged description
	origin map[string]string
	stack  []string
}

// read merges file (without .toml) after everything it inherits.
func (r *resolver) read(file string) error {
	if contains(r.stack, file) {
		return fail(file, "inherits", "cycle %s → %s", strings.Join(r.stack, " → "), file)
	}
	r.stack = append(r.stack, file)
	defer func() { r.stack = r.stack[:len(r.stack)-1] }()

	text, err := fs.ReadFile(r.data, file+".toml")
	if err != nil {
		by := file
		if len(r.stack) > 1 {
			by = r.stack[len(r.stack)-2]
		}
		return fail(by, "inherits", "no file %q", file+".toml")
	}
	var d description
	meta, err := toml.Decode(string(text), &d)
	if err != nil {
		return fail(file, "syntax", "%v", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fail(file, unknown[0].String(), "unknown key")
	}
	parents, err := parentsOf(file, d.Inherits)
	if err != nil {
		return err
	}
	for _, p := range parents {
		if err := r.read(p); err != nil {
			return err
		}
	}
	r.merge(file, d, meta)
	return nil
}

func parentsOf(file string, inherits any) ([]string, error) {
	switch v := inherits.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case []any:
		var list []string
		for _, x := range v {
			s, ok := x.(string)
			if !ok {
				return nil, fail(file, "inherits", "want a string or a list of strings, have %v", x)
			}
			list = append(list, s)
		}
		return list, nil
	}
	return nil, fail(file, "inherits", "want a string or a list of strings, have %v", inherits)
}

// merge lets the keys that file defines replace the inherited ones.
func (r *resolver) merge(file string, d description, meta toml.MetaData) {
	from, to := reflect.ValueOf(d), reflect.ValueOf(&r.merged).Elem()
	for i := range from.NumField() {
		key := from.Type().Field(i).Tag.Get("toml")
		if key == "inherits" || !meta.IsDefined(key) {
			continue
		}
		r.origin[key] = file
		switch key {
		case "tags":
			r.merged.Tags = append(r.merged.Tags, d.Tags...)
		case "exceptions":
			if r.merged.Exceptions == nil {
				r.merged.Exceptions = map[string]string{}
			}
			for n, name := range d.Exceptions {
				r.merged.Exceptions[n] = name
			}
		default:
			to.Field(i).Set(from.Field(i))
		}
	}
}

// finish turns the merged description into a checked target.
func (r *resolver) finish(name string) (*Target, error) {
	d := r.merged
	t := &Target{
		Name: name, Description: d.Description, CPU: d.CPU, Triple: d.Triple, GOARCH: d.GOARCH, Tags: d.Tags, Features: d.Features,
		CFlags:     append([]string{"-mcpu=" + d.CPU}, d.CFlags...),
		LLDFlags:   append([]string{"-mllvm", "-mcpu=" + d.CPU}, d.LLDFlags...),
		DataLayout: d.DataLayout, HardFloat: d.HardFloat, Atomics: d.Atomics, Cores: d.Cores, Flash: d.Flash, RAM: d.RAM, Markers: d.Markers,
		CPUHz: d.CPUHz, TickHz: d.TickHz, Tasks: d.Tasks, Exceptions: map[int]string{}, IRQs: d.IRQs, IRQNames: d.IRQNames,
		StackHandler: d.StackHandler, StackMain: d.StackMain, StackGoroutine: d.StackGoroutine, StackTest: d.StackTest, Startup: d.Startup, Emulator: d.Emulator,
	}
	for number, exception := range d.Exceptions {
		n, err := strconv.Atoi(number)
		if err != nil || n < 2 || n > 15 {
			return nil, fail(r.origin["exceptions"], "exceptions."+number, "want a number from 2 to 15")
		}
		t.Exceptions[n] = exception
	}
	return t, r.check(t)
}
