// Package ssaloop finds the natural loops of a function in SSA form and their places in the source.
package ssaloop

import (
	"go/ast"
	"go/token"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// Loop is a natural loop: all blocks from which the header is reached again without leaving what the header dominates.
type Loop struct {
	Header *ssa.BasicBlock
	Blocks map[*ssa.BasicBlock]bool
}

// Of returns the loops of f, inner ones before those around them.
func Of(f *ssa.Function) []Loop {
	byHeader := map[*ssa.BasicBlock]*Loop{}
	var loops []*Loop
	for _, block := range f.Blocks {
		for _, next := range block.Succs {
			if !next.Dominates(block) {
				continue
			}
			l := byHeader[next]
			if l == nil {
				l = &Loop{Header: next, Blocks: map[*ssa.BasicBlock]bool{next: true}}
				byHeader[next] = l
				loops = append(loops, l)
			}
			l.addBackFrom(block)
		}
	}
	sort.SliceStable(loops, func(i, j int) bool { return len(loops[i].Blocks) < len(loops[j].Blocks) })
	list := make([]Loop, len(loops))
	for i, l := range loops {
		list[i] = *l
	}
	return list
}

func (l *Loop) addBackFrom(block *ssa.BasicBlock) {
	if l.Blocks[block] {
		return
	}
	l.Blocks[block] = true
	for _, before := range block.Preds {
		l.addBackFrom(before)
	}
}

// Instructions calls f for each instruction of the loop, in the order of blocks.
func (l Loop) Instructions(f func(ssa.Instruction)) {
	for _, block := range l.Header.Parent().Blocks {
		if l.Blocks[block] {
			for _, instr := range block.Instrs {
				f(instr)
			}
		}
	}
}

// Exits returns the branches of the loop of which one side leaves it.
func (l Loop) Exits() []*ssa.If {
	var exits []*ssa.If
	l.Instructions(func(instr ssa.Instruction) {
		branch, ok := instr.(*ssa.If)
		if ok && (!l.Blocks[branch.Block().Succs[0]] || !l.Blocks[branch.Block().Succs[1]]) {
			exits = append(exits, branch)
		}
	})
	return exits
}

// Statement returns the innermost for or range statement that holds all of the loop, or nil, as for a loop made by goto.
func (l Loop) Statement() ast.Node {
	syntax := l.Header.Parent().Syntax()
	if syntax == nil {
		return nil
	}
	low, high := l.extent()
	if !low.IsValid() {
		return nil
	}
	var found ast.Node
	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if n.Pos() <= low && high <= n.End() {
				found = n
			}
		}
		return n == nil || n.Pos() <= high && low <= n.End()
	})
	return found
}

// extent returns the first and the last position of what the loop does. A phi's is that of a declaration, maybe outside, and does not count.
func (l Loop) extent() (low, high token.Pos) {
	l.Instructions(func(instr ssa.Instruction) {
		pos := instr.Pos()
		if ref, ok := instr.(*ssa.DebugRef); ok {
			pos = ref.Expr.Pos()
		} else if _, ok := instr.(*ssa.Phi); ok {
			return
		}
		if !pos.IsValid() {
			return
		}
		if !low.IsValid() || pos < low {
			low = pos
		}
		high = max(high, pos)
	})
	return low, high
}
