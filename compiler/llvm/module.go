package llvm

import (
	"slices"
	"strconv"
	"strings"
)

// Module is one LLVM module under construction.
type Module struct {
	Name       string // the source file name: an import path
	Triple     string
	DataLayout string

	symbols map[string]*symbol
	order   []*symbol
	attrs   map[string]int // function attribute groups by their text
	attrSeq []string
	Meta    Metadata
	flags   []string // operands of llvm.module.flags
	used    []string // llvm.used
}

// symbol is what a global name stands for: exactly one of fn, global, alias and extern describes it.
type symbol struct {
	name   string
	text   string // @name
	fn     *Func
	global *Global
	decl   string // declaration when nothing in this module defines it
}

// NewModule returns an empty module.
func NewModule(name, triple, dataLayout string) *Module {
	m := &Module{
		Name: name, Triple: triple, DataLayout: dataLayout,
		symbols: map[string]*symbol{}, attrs: map[string]int{},
	}
	m.Meta.init()
	return m
}

// Global is a variable or constant.
type Global struct {
	Linkage     string // "" (external), "internal", "linkonce_odr", "weak"...
	Init        Value
	Constant    bool
	UnnamedAddr bool // two equal ones may become one
	Section     string
	Align       int64
}

func (m *Module) symbol(name string) *symbol {
	s := m.symbols[name]
	if s == nil {
		s = &symbol{name: name, text: "@\"" + escape(name, true) + "\""}
		m.symbols[name] = s
		m.order = append(m.order, s)
	}
	return s
}

// define returns the symbol of something that is about to be defined. Defining a name twice would lose the first definition.
func (m *Module) define(name string) *symbol {
	s := m.symbol(name)
	if s.fn != nil || s.global != nil {
		panic("llvm: module " + m.Name + " defines " + name + " twice")
	}
	return s
}

// Symbol returns the address of a global name of which nothing is known yet. Unless this module defines or declares it
// elsewhere, it is declared as external data.
func (m *Module) Symbol(name string) Value { return Value{Ptr, m.symbol(name).text} }

// ExternConstant is Symbol for data known never to change.
func (m *Module) ExternConstant(name string) Value {
	s := m.symbol(name)
	if s.decl == "" {
		s.decl = s.text + " = external constant i8"
	}
	return Value{Ptr, s.text}
}

// Declare returns the address of a function that may be defined here or elsewhere. The first declaration's type and attributes count.
func (m *Module) Declare(name string, t FuncType, attrs ...string) Value {
	s := m.symbol(name)
	if s.decl == "" {
		s.decl = "declare " + string(t.Result) + " " + s.text + strings.TrimPrefix(t.String(), string(t.Result)+" ")
		if len(attrs) > 0 {
			s.decl += " " + m.attrGroup(attrs)
		}
	}
	return Value{Ptr, s.text}
}

// Defined tells whether the module has a definition of name.
func (m *Module) Defined(name string) bool {
	s := m.symbols[name]
	return s != nil && (s.fn != nil || s.global != nil)
}

// NewGlobal defines name as data and returns its address.
func (m *Module) NewGlobal(name string, g Global) Value {
	s := m.define(name)
	s.global = &g
	return Value{Ptr, s.text}
}

// NewFunc defines name as a function with the given type; params name it no parameters: they are reached by Func.Param.
func (m *Module) NewFunc(name string, t FuncType) *Func {
	s := m.define(name)
	s.fn = &Func{Name: name, Type: t, mod: m, text: s.text}
	return s.fn
}

// Used keeps the symbol through link-time optimisation although nothing seems to refer to it.
func (m *Module) Used(name string) { m.used = append(m.used, m.symbol(name).text) }

// Flag adds a module flag with the given merge behaviour (1 error, 2 warning, 7 max, 8 min).
func (m *Module) Flag(behaviour int, name string, value int) {
	m.flags = append(m.flags, "!{i32 "+strconv.Itoa(behaviour)+", !\""+name+"\", i32 "+strconv.Itoa(value)+"}")
}

func (m *Module) attrGroup(attrs []string) string {
	text := strings.Join(attrs, " ")
	id, ok := m.attrs[text]
	if !ok {
		id = len(m.attrSeq)
		m.attrs[text] = id
		m.attrSeq = append(m.attrSeq, text)
	}
	return "#" + strconv.Itoa(id)
}

// String writes the module.
func (m *Module) String() string {
	var b strings.Builder
	b.Grow(1 << 16)
	b.WriteString("source_filename = \"" + escape(m.Name, true) + "\"\n")
	if m.DataLayout != "" {
		b.WriteString("target datalayout = \"" + m.DataLayout + "\"\n")
	}
	b.WriteString("target triple = \"" + m.Triple + "\"\n\n")
	for _, s := range m.order {
		if s.global != nil {
			s.global.write(&b, s.text)
		}
	}
	m.writeUsed(&b)
	for _, s := range m.order {
		if s.fn != nil {
			s.fn.write(&b)
		}
	}
	m.writeDecls(&b)
	for i, a := range m.attrSeq {
		b.WriteString("attributes #" + strconv.Itoa(i) + " = { " + a + " }\n")
	}
	m.Meta.write(&b, m.flags)
	return b.String()
}

func (m *Module) writeUsed(b *strings.Builder) {
	if len(m.used) == 0 {
		return
	}
	used := slices.Clone(m.used)
	slices.Sort(used)
	used = slices.Compact(used)
	b.WriteString("@llvm.used = appending global [" + strconv.Itoa(len(used)) + " x ptr] [ptr " + strings.Join(used, ", ptr ") + "], section \"llvm.metadata\"\n")
}

func (m *Module) writeDecls(b *strings.Builder) {
	for _, s := range m.order {
		if s.fn != nil || s.global != nil {
			continue
		}
		if s.decl == "" {
			b.WriteString(s.text + " = external global i8\n")
		} else {
			b.WriteString(s.decl + "\n")
		}
	}
}

func (g *Global) write(b *strings.Builder, name string) {
	b.WriteString(name)
	b.WriteString(" = ")
	if g.Linkage != "" {
		b.WriteString(g.Linkage + " ")
	}
	if g.UnnamedAddr {
		b.WriteString("unnamed_addr ")
	}
	if g.Constant {
		b.WriteString("constant ")
	} else {
		b.WriteString("global ")
	}
	b.WriteString(g.Init.String())
	if g.Section != "" {
		b.WriteString(", section \"" + escape(g.Section, true) + "\"")
	}
	if g.Align > 0 {
		b.WriteString(", align " + strconv.FormatInt(g.Align, 10))
	}
	b.WriteByte('\n')
}
