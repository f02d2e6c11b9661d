package load

import (
	"go/ast"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// directiveStack is the directive of users' functions: //mote:stack N says that a call of the function takes at most N bytes of stack,
// its own frame included, where the compiler cannot find that out.
const directiveStack = "stack"

// maxStack is more than any board has for a stack.
const maxStack = 1 << 24

// stackHint says how the directive is written.
const stackHint = "write //mote:stack N directly above a function, N being the bytes that a call of it takes at most"

// collectStack reads the //mote:stack lines of a file that is not of the port, whose directives are collected as they are.
func (l *loader) collectStack(u *unit, file *ast.File) {
	above := map[*ast.Comment]*ast.FuncDecl{}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil && fn.Body != nil {
			for _, c := range fn.Doc.List {
				above[c] = fn
			}
		}
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if text, ok := strings.CutPrefix(c.Text, "//mote:"+directiveStack); ok && !isLetter(text) {
				l.collectStackLine(u, c, text, above[c])
			}
		}
	}
}

// isLetter tells whether a name goes on with text: that of another directive.
func isLetter(text string) bool {
	return text != "" && (text[0] >= 'a' && text[0] <= 'z' || text[0] >= 'A' && text[0] <= 'Z')
}

// collectStackLine reads one line; rest is what follows the name.
func (l *loader) collectStackLine(u *unit, c *ast.Comment, rest string, decl *ast.FuncDecl) {
	if decl == nil {
		u.report(l, c.Pos(), stackHint, "misplaced //mote:stack: no function with a body follows")
		return
	}
	args := strings.Fields(rest)
	if len(args) != 1 || !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, "\t") {
		u.report(l, c.Pos(), stackHint, "malformed //mote:stack: want one number")
		return
	}
	n, err := strconv.ParseInt(args[0], 0, 64)
	if err != nil || n <= 0 || n > maxStack {
		u.report(l, c.Pos(), stackHint, "malformed //mote:stack: %q is not a number of bytes from 1 to %d", args[0], maxStack)
		return
	}
	obj := u.pkg.Info.Defs[decl.Name]
	if obj == nil {
		return
	}
	for _, d := range u.pkg.Directives[obj] {
		if d.Name == directiveStack {
			u.report(l, c.Pos(), "", "duplicate //mote:stack for %s", decl.Name.Name)
			return
		}
	}
	u.pkg.Directives[obj] = append(u.pkg.Directives[obj], Directive{Name: directiveStack, Args: []string{strconv.FormatInt(n, 10)}, Pos: c.Pos()})
}

// Stack is how many bytes of stack a call of fn takes by its //mote:stack, 0 without one. An instance has that of its generic function.
func (p *Program) Stack(fn *ssa.Function) int64 {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Object() == nil || fn.Synthetic != "" {
		return 0
	}
	d := p.Directive(fn.Object(), directiveStack)
	if d == nil || len(d.Args) != 1 {
		return 0
	}
	n, err := strconv.ParseInt(d.Args[0], 0, 64)
	if err != nil {
		return 0
	}
	return n
}
