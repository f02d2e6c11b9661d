package llvm

import (
	"strconv"
	"strings"
)

// Block is a basic block: phis, then instructions, then one terminator. Its methods append; those that yield a value return it.
type Block struct {
	fn         *Func
	label      string
	phis       []*Phi
	text       []byte
	terminated bool
}

// Terminated tells whether b already ends in a terminator; what is appended after one is dropped.
func (b *Block) Terminated() bool { return b.terminated }

func (b *Block) write(out *strings.Builder) {
	for _, p := range b.phis {
		p.write(out)
	}
	out.Write(b.text)
	if !b.terminated {
		out.WriteString("  unreachable\n")
	}
}

// op appends an instruction made of the parts, with a result of type t unless it is Void.
func (b *Block) op(t Type, parts ...string) Value {
	if b.terminated {
		return Poison(t)
	}
	var v Value
	b.text = append(b.text, "  "...)
	if t != Void {
		v = b.fn.local(t)
		b.text = append(b.text, v.text...)
		b.text = append(b.text, " = "...)
	}
	for _, p := range parts {
		b.text = append(b.text, p...)
	}
	if loc := b.fn.Loc; loc != 0 {
		b.text = append(b.text, ", !dbg !"...)
		b.text = strconv.AppendInt(b.text, int64(loc), 10)
	}
	b.text = append(b.text, '\n')
	return v
}

// Phi is a phi node that incoming values are added to as they become known.
type Phi struct {
	Value
	edges []byte
	loc   Node
}

// Phi starts a phi node of type t at the head of the block.
func (b *Block) Phi(t Type) *Phi {
	p := &Phi{Value: b.fn.local(t), loc: b.fn.Loc}
	b.phis = append(b.phis, p)
	return p
}

// Add says that control coming from the end of block from brings v.
func (p *Phi) Add(v Value, from *Block) {
	if len(p.edges) > 0 {
		p.edges = append(p.edges, ", "...)
	}
	p.edges = append(p.edges, "["+v.text+", %"+from.label+"]"...)
}

func (p *Phi) write(out *strings.Builder) {
	out.WriteString("  " + p.text + " = phi " + string(p.Type) + " ")
	out.Write(p.edges)
	if p.loc != 0 {
		out.WriteString(", !dbg " + p.loc.String())
	}
	out.WriteByte('\n')
}

// Br jumps to target.
func (b *Block) Br(target *Block) {
	b.op(Void, "br label %", target.label)
	b.terminated = true
}

// CondBr jumps to yes when cond is true, else to no.
func (b *Block) CondBr(cond Value, yes, no *Block) {
	b.op(Void, "br i1 ", cond.text, ", label %", yes.label, ", label %", no.label)
	b.terminated = true
}

// CondBrUnlikely is CondBr where yes is almost never taken (a panic).
func (b *Block) CondBrUnlikely(cond Value, yes, no *Block) {
	if !b.terminated {
		b.op(Void, "br i1 ", cond.text, ", label %", yes.label, ", label %", no.label, ", !prof ", b.fn.mod.Meta.Unlikely().String())
	}
	b.terminated = true
}

// Case is one arm of a Switch.
type Case struct {
	Value  Value // a constant
	Target *Block
}

// Switch jumps to the case that equals v, else to def.
func (b *Block) Switch(v Value, def *Block, cases []Case) {
	var s strings.Builder
	for _, c := range cases {
		s.WriteString(" " + c.Value.String() + ", label %" + c.Target.label)
	}
	b.op(Void, "switch ", v.String(), ", label %", def.label, " [", s.String(), " ]")
	b.terminated = true
}

// Ret returns v; the zero Value returns nothing.
func (b *Block) Ret(v Value) {
	if v.IsValid() {
		b.op(Void, "ret ", v.String())
	} else {
		b.op(Void, "ret void")
	}
	b.terminated = true
}

// Unreachable says that control never gets here.
func (b *Block) Unreachable() {
	b.op(Void, "unreachable")
	b.terminated = true
}
