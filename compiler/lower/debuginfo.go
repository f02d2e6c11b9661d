package lower

import (
	"fmt"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"

	"mote/compiler/llvm"
)

// debugState is a module's DWARF: one compile unit, and the files named so far.
type debugState struct {
	unit  llvm.Node
	files map[string]llvm.Node
}

// debugScope is where a function's instructions belong.
type debugScope struct {
	subprogram llvm.Node
	file       string
	scopes     map[string]llvm.Node // by file: the subprogram, or a lexical block for another file's lines
	last       token.Pos
}

// startDebug makes the compile unit. With one, LLVM also writes the frame information that stack walking needs.
func (m *module) startDebug() {
	m.debug.files = map[string]llvm.Node{}
	meta := &m.ir.Meta
	m.debug.unit = meta.Distinct("!DICompileUnit(language: DW_LANG_Go, file: " + m.debugFile(m.path).String() +
		`, producer: "mote", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug)`)
	meta.Named("llvm.dbg.cu", m.debug.unit)
	m.ir.Flag(7, "Dwarf Version", 4)
	m.ir.Flag(2, "Debug Info Version", 3)
}

func (m *module) debugFile(name string) llvm.Node {
	n, ok := m.debug.files[name]
	if !ok {
		n = m.ir.Meta.Node("!DIFile(filename: " + llvm.Quote(name) + `, directory: "")`)
		m.debug.files[name] = n
	}
	return n
}

// artificial is the flag of functions that stand nowhere in the source.
const artificial = "flags: DIFlagArtificial, "

// subprogram describes a function to the debugger; flags is empty or artificial.
func (m *module) subprogram(name, symbol, file string, line int, flags string) llvm.Node {
	meta := &m.ir.Meta
	typ := meta.Node("!DISubroutineType(types: " + meta.Node("!{}").String() + ")")
	f := m.debugFile(file)
	return meta.Distinct(fmt.Sprintf("!DISubprogram(name: %s, linkageName: %s, scope: %v, file: %v, line: %d, type: %v, scopeLine: %d, %sspFlags: DISPFlagDefinition | DISPFlagOptimized, unit: %v)",
		llvm.Quote(name), llvm.Quote(symbol), f, f, line, typ, line, flags, m.debug.unit))
}

// startScope gives the function its subprogram; until an instruction has a position, its line is that of the function.
func (f *function) startScope() {
	pos := f.sourcePosition(f.fn.Pos())
	if pos.Filename == "" {
		pos.Filename = f.m.path
	}
	symbol := f.ir.Name
	flags := ""
	if isWrapper(f.fn) {
		flags = artificial
	}
	f.openScope(symbol, pos, flags)
}

// openScope starts describing a function at pos.
func (f *function) openScope(symbol string, pos token.Position, flags string) {
	f.scope.file = pos.Filename
	f.scope.subprogram = f.m.subprogram(symbol, symbol, pos.Filename, pos.Line, flags)
	f.scope.scopes = map[string]llvm.Node{pos.Filename: f.scope.subprogram}
	f.ir.Subprogram = f.scope.subprogram
	f.ir.Loc = f.location(pos.Line, 0, f.scope.subprogram)
}

// locate makes pos the place of the instructions that follow; without a position they belong to the one before.
func (f *function) locate(pos token.Pos) {
	if !pos.IsValid() || pos == f.scope.last {
		return
	}
	f.scope.last = pos
	p := f.sourcePosition(pos)
	f.ir.Loc = f.location(p.Line, p.Column, f.scopeOf(p.Filename))
}

// sourcePosition is the position as Go's compiler has it: a relative file of a //line directive stays as it is written, where
// go/scanner puts the folder of the source in front; ?? is a directive without one.
func (f *function) sourcePosition(pos token.Pos) token.Position {
	p := f.position(pos)
	if !p.IsValid() {
		return p
	}
	if written := f.l.Program.Fset.PositionFor(pos, false); written.Filename != p.Filename {
		p.Filename = strings.TrimPrefix(p.Filename, filepath.Dir(written.Filename)+string(filepath.Separator))
	}
	if p.Filename == "" {
		p.Filename = "??"
	}
	return p
}

func (f *function) scopeOf(file string) llvm.Node {
	n, ok := f.scope.scopes[file]
	if !ok {
		n = f.m.ir.Meta.Node("!DILexicalBlockFile(scope: " + f.scope.subprogram.String() + ", file: " + f.m.debugFile(file).String() + ", discriminator: 0)")
		f.scope.scopes[file] = n
	}
	return n
}

func (f *function) location(line, column int, scope llvm.Node) llvm.Node {
	return f.m.ir.Meta.Node("!DILocation(line: " + strconv.Itoa(line) + ", column: " + strconv.Itoa(min(column, 65535)) + ", scope: " + scope.String() + ")")
}
