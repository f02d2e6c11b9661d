package trace

import (
	"debug/dwarf"
	"strings"
)

// Frame is one function of a resolved address. Inlined ones come before the function that they are part of.
type Frame struct {
	Function string // Go's linker name; "" when unknown
	File     string // as in the DWARF information; "" when unknown
	Line     int
	Offset   uint64 // of the address in the function; 0 for inlined ones
	Inlined  bool
}

// Resolve names what stands at pc, innermost function first. It returns nil for an address outside of all functions.
func (img *Image) Resolve(pc uint64) []Frame {
	pc = img.code(pc)
	outer, found := lookup(img.functions, pc)
	here := Frame{Function: outer.name}
	if found {
		here.Offset = pc - outer.low
	}
	unit, files := img.unit(pc)
	if unit == nil {
		if !found {
			return nil
		}
		return []Frame{here}
	}
	file, line := img.line(unit, pc)
	var frames []Frame
	calls := img.inlined(unit, pc)
	for i := len(calls) - 1; i >= 0; i-- { // innermost call first
		frames = append(frames, Frame{Function: calls[i].function, File: file, Line: line, Inlined: true})
		file, line = "", calls[i].line
		if n := calls[i].file; n >= 0 && n < len(files) && files[n] != nil {
			file = files[n].Name
		}
	}
	here.File, here.Line = file, line
	return append(frames, here)
}

// unit finds the compilation unit of pc and its file table.
func (img *Image) unit(pc uint64) (unit *dwarf.Entry, files []*dwarf.LineFile) {
	if img.info == nil {
		return nil, nil
	}
	unit, err := img.info.Reader().SeekPC(pc)
	if err != nil {
		return nil, nil
	}
	lines, err := img.info.LineReader(unit)
	if err != nil || lines == nil {
		return unit, nil
	}
	return unit, lines.Files()
}

func (img *Image) line(unit *dwarf.Entry, pc uint64) (string, int) {
	lines, err := img.info.LineReader(unit)
	if err != nil || lines == nil {
		return "", 0
	}
	var entry dwarf.LineEntry
	if lines.SeekPC(pc, &entry) != nil || entry.File == nil {
		return "", 0
	}
	return entry.File.Name, entry.Line
}

// inlinedCall is an inlined function and the place of the call that it replaces.
type inlinedCall struct {
	function   string
	file, line int
}

// inlined lists the inlined calls that pc is in, outermost first.
func (img *Image) inlined(unit *dwarf.Entry, pc uint64) []inlinedCall {
	r := img.info.Reader()
	r.Seek(unit.Offset)
	if e, err := r.Next(); err != nil || e == nil || !e.Children {
		return nil
	}
	var calls []inlinedCall
	for {
		e, err := r.Next()
		if err != nil || e == nil || e.Tag == 0 || e.Tag == dwarf.TagCompileUnit {
			return calls
		}
		switch e.Tag {
		case dwarf.TagSubprogram, dwarf.TagInlinedSubroutine, dwarf.TagLexDwarfBlock, dwarf.TagNamespace, dwarf.TagModule:
		default:
			r.SkipChildren()
			continue
		}
		if !img.contains(e, pc) {
			if e.Tag != dwarf.TagNamespace && e.Tag != dwarf.TagModule {
				r.SkipChildren()
			}
			continue
		}
		if e.Tag == dwarf.TagInlinedSubroutine {
			calls = append(calls, img.call(e))
		}
		if !e.Children {
			return calls
		}
	}
}

// contains says whether an entry's code has pc in it. A lexical block without ranges has its parent's.
func (img *Image) contains(e *dwarf.Entry, pc uint64) bool {
	ranges, err := img.info.Ranges(e)
	if err != nil {
		return false
	}
	for _, g := range ranges {
		if pc >= g[0] && pc < g[1] {
			return true
		}
	}
	return false
}

func (img *Image) call(e *dwarf.Entry) inlinedCall {
	c := inlinedCall{file: -1}
	if n, ok := e.Val(dwarf.AttrCallFile).(int64); ok {
		c.file = int(n)
	}
	if n, ok := e.Val(dwarf.AttrCallLine).(int64); ok {
		c.line = int(n)
	}
	c.function = img.origin(e, 0)
	return c
}

// origin is the linker name of a function entry, through the entries that it refers to.
func (img *Image) origin(e *dwarf.Entry, depth int) string {
	for _, attr := range []dwarf.Attr{dwarf.AttrLinkageName, dwarf.AttrName} {
		if name, ok := e.Val(attr).(string); ok {
			return name
		}
	}
	for _, attr := range []dwarf.Attr{dwarf.AttrAbstractOrigin, dwarf.AttrSpecification} {
		offset, ok := e.Val(attr).(dwarf.Offset)
		if !ok || depth > 4 {
			continue
		}
		r := img.info.Reader()
		r.Seek(offset)
		if to, err := r.Next(); err == nil && to != nil {
			return img.origin(to, depth+1)
		}
	}
	return ""
}

// variable names the variable that addr lies in.
func (img *Image) variable(addr uint64) string {
	if s, ok := lookup(img.variables, addr); ok && s.size > 0 {
		return s.name
	}
	return ""
}

// inRuntime says whether a function belongs to the runtime or has no Go name, as Go leaves such frames out of its traces.
func inRuntime(function string) bool {
	if !strings.Contains(function, ".") {
		return true
	}
	name, ok := strings.CutPrefix(function, "runtime.")
	if !ok {
		return strings.HasPrefix(function, "internal/runtime/")
	}
	exported := name != "" && name[0] >= 'A' && name[0] <= 'Z'
	return !exported
}
