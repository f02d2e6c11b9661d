package llvm

import (
	"strconv"
	"strings"
)

// Node is the number of a metadata node in its module; 0 is none.
type Node int

// String returns the reference to the node.
func (n Node) String() string { return "!" + strconv.Itoa(int(n)) }

// Metadata holds a module's numbered metadata nodes. Equal nodes are one, unless distinct.
type Metadata struct {
	nodes    []string // index + 1 is the number
	byText   map[string]Node
	named    []string
	unlikely Node
}

func (m *Metadata) init() { m.byText = map[string]Node{} }

// Node returns the node with that text, such as `!{i32 1}` or `!DIFile(...)`.
func (m *Metadata) Node(text string) Node {
	if n, ok := m.byText[text]; ok {
		return n
	}
	n := m.add(text)
	m.byText[text] = n
	return n
}

// Distinct adds a node that is not the same as any other.
func (m *Metadata) Distinct(text string) Node { return m.add("distinct " + text) }

func (m *Metadata) add(text string) Node {
	m.nodes = append(m.nodes, text)
	return Node(len(m.nodes))
}

// Named adds a named list of nodes.
func (m *Metadata) Named(name string, nodes ...Node) {
	refs := make([]string, len(nodes))
	for i, n := range nodes {
		refs[i] = n.String()
	}
	m.named = append(m.named, "!"+name+" = !{"+strings.Join(refs, ", ")+"}\n")
}

// Unlikely is the branch weight of a branch whose first target is a panic.
func (m *Metadata) Unlikely() Node {
	if m.unlikely == 0 {
		m.unlikely = m.Node(`!{!"branch_weights", i32 1, i32 1048575}`)
	}
	return m.unlikely
}

// Quote returns s as a metadata string field.
func Quote(s string) string { return "\"" + escape(s, true) + "\"" }

func (m *Metadata) write(b *strings.Builder, flags []string) {
	if len(flags) > 0 {
		nodes := make([]Node, len(flags))
		for i, f := range flags {
			nodes[i] = m.Node(f)
		}
		m.Named("llvm.module.flags", nodes...)
	}
	for _, n := range m.named {
		b.WriteString(n)
	}
	for i, text := range m.nodes {
		b.WriteString("!" + strconv.Itoa(i+1) + " = " + text + "\n")
	}
}
