package llvm

import (
	"strconv"
	"strings"
)

// Func is a function definition under construction. Blocks are written in the order of their making.
type Func struct {
	Name       string
	Type       FuncType
	Linkage    string
	Attrs      []string       // function attributes
	ParamAttrs map[int]string // "noalias", "nonnull"... by parameter
	Section    string
	Align      int64
	// UnnamedAddr says that nobody compares the function's address.
	UnnamedAddr bool
	Subprogram  Node // !dbg, 0: none
	Loc         Node // DILocation given to each instruction appended from now on, 0: none

	mod     *Module
	text    string
	blocks  []*Block
	allocas []byte
	next    int // number of the next local name
}

// Param returns parameter i.
func (f *Func) Param(i int) Value {
	t := f.Type.Params[i]
	if t == NestParam {
		t = Ptr
	}
	return Value{t, "%p" + strconv.Itoa(i)}
}

// NewBlock appends an empty block. The first one is the entry.
func (f *Func) NewBlock() *Block {
	b := &Block{fn: f, label: "b" + strconv.Itoa(len(f.blocks))}
	f.blocks = append(f.blocks, b)
	return b
}

// Alloca reserves size bytes in the frame for as long as the function runs. The contents are undefined.
func (f *Func) Alloca(size, align int64) Value {
	v := f.local(Ptr)
	f.allocas = append(f.allocas, "  "...)
	f.allocas = append(f.allocas, v.text...)
	f.allocas = append(f.allocas, " = alloca ["...)
	f.allocas = strconv.AppendInt(f.allocas, size, 10)
	f.allocas = append(f.allocas, " x i8], align "...)
	f.allocas = strconv.AppendInt(f.allocas, max(align, 1), 10)
	f.allocas = append(f.allocas, '\n')
	return v
}

func (f *Func) local(t Type) Value {
	f.next++
	return Value{t, "%v" + strconv.Itoa(f.next)}
}

func (f *Func) write(b *strings.Builder) {
	b.WriteString("\ndefine ")
	if f.Linkage != "" {
		b.WriteString(f.Linkage + " ")
	}
	b.WriteString(string(f.Type.Result) + " " + f.text + "(")
	for i, p := range f.Type.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(p))
		if a := f.ParamAttrs[i]; a != "" {
			b.WriteString(" " + a)
		}
		b.WriteString(" %p" + strconv.Itoa(i))
	}
	b.WriteByte(')')
	f.writeProperties(b)
	b.WriteString(" {\n")
	for i, blk := range f.blocks {
		b.WriteString(blk.label + ":\n")
		if i == 0 {
			b.Write(f.allocas)
		}
		blk.write(b)
	}
	b.WriteString("}\n")
}

func (f *Func) writeProperties(b *strings.Builder) {
	if f.UnnamedAddr {
		b.WriteString(" unnamed_addr")
	}
	if len(f.Attrs) > 0 {
		b.WriteString(" " + f.mod.attrGroup(f.Attrs))
	}
	if f.Section != "" {
		b.WriteString(" section \"" + escape(f.Section, true) + "\"")
	}
	if f.Align > 0 {
		b.WriteString(" align " + strconv.FormatInt(f.Align, 10))
	}
	if f.Subprogram != 0 {
		b.WriteString(" !dbg " + f.Subprogram.String())
	}
}
