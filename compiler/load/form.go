package load

import (
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// What is wrong with the form of a program (its syntax, labels, places of directives) is for gc to say, as it says it in `go build`:
// package go/parser finds other words and often other lines for the same mistake. gc is only asked about files of the
// user in which go/parser or go/types found such a mistake, or that have directives for the compiler, which neither looks at.

// formErrors is what gc and go/parser say about the form of a unit.
type formErrors struct {
	asked    bool      // gc has been asked
	answered bool      // and was there to answer
	gc       diag.List // its answer
	parser   diag.List // what go/parser said, when gc leaves that to the type checker
}

// syntaxError begins the messages after which gc stops.
const syntaxError = "syntax error: "

// stopper is a file that is wrong on purpose: it ends gc before it type-checks, which it could not do without the imports.
const stopper = "package p\n}\n"

// askGC fills u.form; more are files of u that the go command does not list because of what is wrong with them.
func (l *loader) askGC(u *unit, more ...string) {
	if u.form.asked || u.list.Standard {
		return
	}
	u.form.asked = true
	dir, err := os.MkdirTemp(l.cfg.CacheDir, "form-") // of its own: units are parsed side by side
	if err != nil {
		return // go/parser's words have to do
	}
	defer os.RemoveAll(dir)
	stop := filepath.Join(dir, "stop.go")
	if err := os.WriteFile(stop, []byte(stopper), 0o666); err != nil {
		return
	}
	// gc removes its output when it fails, which for root would be the device if that were os.DevNull.
	args := []string{"tool", "compile", "-e", "-L", "-p=p", "-o", filepath.Join(dir, "stop.o")}
	for _, name := range append(u.list.files(), more...) {
		if !slices.Contains(args, name) {
			args = append(args, name)
		}
	}
	cmd := exec.Command(l.cfg.Go, append(args, stop)...)
	cmd.Dir = l.cfg.Dir
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm")
	out, _ := cmd.CombinedOutput() // it fails because of stop, always
	messages := gcMessages(string(out))
	atStop := func(d diag.Diagnostic) bool { return d.Pos.Filename == stop }
	u.form.answered = slices.ContainsFunc(messages, atStop)
	u.form.gc = slices.DeleteFunc(messages, atStop)
}

// gcMessage has the real place in brackets behind one that a //line comment has changed.
var gcMessage = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?(?:\[[^]]*\])?: (.*)`)

// gcMessages reads the output of gc. A line without a position continues the one before.
func gcMessages(out string) (list diag.List) {
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		m := gcMessage.FindStringSubmatch(line)
		if m == nil {
			if len(list) > 0 {
				list[len(list)-1].Text += "\n" + line
			}
			continue
		}
		d := diag.Diagnostic{Pos: token.Position{Filename: m[1]}, Text: m[4]}
		d.Pos.Line, _ = strconv.Atoi(m[2])
		d.Pos.Column, _ = strconv.Atoi(m[3])
		list = append(list, d)
	}
	return list
}

// fatal reports whether gc stops after these errors of form.
func (f formErrors) fatal() bool {
	return slices.ContainsFunc(f.gc, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Text, syntaxError) })
}

// parseForm follows the parsing of u: it asks gc when there is cause to, and keeps in u.errs what ends the build now.
func (l *loader) parseForm(u *unit) {
	if len(u.errs) > 0 || !u.list.Standard && slices.ContainsFunc(u.pkg.Files, hasDirectives) {
		l.askGC(u)
	}
	switch {
	case u.form.fatal():
		u.errs = u.form.gc
	case u.form.answered:
		u.form.parser, u.errs = u.errs, nil
	}
}

// hasDirectives reports whether a file has //go: lines that the compiler reads.
func hasDirectives(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if verb, ok := strings.CutPrefix(c.Text, "//go:"); ok && !slices.Contains([]string{"build", "generate", "debug", "fix"}, firstWord(verb)) {
				return true
			}
		}
	}
	return false
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// branchError is how go/types begins messages about labels and jumps.
var branchError = regexp.MustCompile(`^(label \S+ (not declared|declared and not used|already declared)|goto |invalid (break|continue) label |(break|continue) (is )?not in )`)

// takeForm follows the type check of u: what go/types says about labels gives way to what gc says about them and all else of
// form.
func (l *loader) takeForm(u *unit) {
	isBranch := func(d diag.Diagnostic) bool { return branchError.MatchString(d.Text) }
	if slices.ContainsFunc(u.errs, isBranch) {
		l.askGC(u)
	}
	if len(u.form.gc) > 0 {
		u.errs = append(slices.DeleteFunc(u.errs, isBranch), u.form.gc...)
	}
	if len(u.form.parser) > 0 {
		u.errs = withParser(u.errs, u.form.parser)
	}
	if len(u.errs) == 0 {
		u.errs = u.form.parser // a part of the program is missing, whoever is right
	}
}

// notUsed is what go/types says where go/parser has left out a bad expression.
var notUsed = regexp.MustCompile(`^declared and not used: | imported (as \S+ )?and not used$`)

// derailed is what go/parser says where a mistake that gc gets over has led it astray.
var derailed = regexp.MustCompile(`^syntax error: (expected|missing) .*found`)

// withParser adds what go/parser found wrong to what go/types found, where that is silent.
func withParser(errs, parser diag.List) diag.List {
	errs = slices.DeleteFunc(errs, func(d diag.Diagnostic) bool { return notUsed.MatchString(d.Text) })
	for _, d := range parser {
		if !reportedAt(errs, d.Pos) && !derailed.MatchString(d.Text) {
			d.Text = strings.TrimPrefix(d.Text, syntaxError)
			errs = append(errs, d)
		}
	}
	return errs
}

// listForm explains a package that the go command cannot load because of the form of its files; nil when that is not it.
func (l *loader) listForm(lp *listPackage) diag.List {
	if lp.Dir == "" || lp.Standard {
		return nil
	}
	u := &unit{list: lp}
	var files []string
	if pos := l.listPosition(lp.Error.Pos); pos.IsValid() {
		files = append(files, pos.Filename)
	} else if file := goFile.FindString(lp.Error.Err); file != "" {
		files = append(files, l.listPosition(file+":1").Filename)
	}
	l.askGC(u, files...)
	if len(u.form.gc) > 0 {
		return u.form.gc
	}
	return importPathErrors(append(lp.files(), files...))
}

// goFile finds the file that an error of the go command begins with, where it gives no position apart.
var goFile = regexp.MustCompile(`^\S+\.go\b`)
