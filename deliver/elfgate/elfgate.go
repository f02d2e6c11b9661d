// Package elfgate decides from a program's file alone whether a device can run it: format, machine, segments, instructions, build information, sizes.
//
// It reads what the kernel reads when it starts a program (header and program headers), and beyond that what the Go linker leaves (build information,
// table of functions). It never runs the program and never panics, whatever the file holds. What it cannot know: whether the program works (package
// boot finds that out) and whether its maker is trustworthy (package bundle). Every finding has a code from Codes; one of severity Error refuses the
// program. Start reading at Verify.
package elfgate

import (
	"bytes"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"mote/deliver/device"
)

// Report is what Verify found. OK says that no finding is an error.
type Report struct {
	OK       bool      `json:"ok"`
	Profile  string    `json:"profile"`
	Findings []Finding `json:"findings"`
	Build    *Build    `json:"build,omitempty"` // nil if the file has no build information
	Sizes    *Sizes    `json:"sizes,omitempty"` // nil if the file is not a readable ELF
	Level    string    `json:"level,omitempty"` // the lowest that its unguarded instructions need; ARM64 only
	Features []Feature `json:"features,omitempty"`
}

// Finding is one thing that was found.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Text     string   `json:"text"`
}

// Has reports whether a finding has that code.
func (r *Report) Has(code Code) bool {
	for _, f := range r.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// Errors are the findings that refuse the program.
func (r *Report) Errors() []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Severity == Error {
			out = append(out, f)
		}
	}
	return out
}

// maxFile bounds what VerifyFile reads: no program for a device comes near it.
const maxFile = 1 << 30

// VerifyFile verifies a file of the host. The error is for a file that cannot be read.
func VerifyFile(name string, p *device.Profile) (*Report, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "verify", Path: name, Err: fmt.Errorf("not a regular file")}
	}
	if info.Size() > maxFile {
		return nil, &fs.PathError{Op: "verify", Path: name, Err: fmt.Errorf("%d bytes are more than any program has", info.Size())}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Verify(data, p), nil
}

// Verify looks at a program for the device of a checked profile.
func Verify(data []byte, p *device.Profile) *Report {
	g := &gate{data: data, profile: p, report: &Report{Profile: p.Name, Findings: []Finding{}}}
	for _, check := range checks() {
		if !check(g) {
			break
		}
	}
	g.report.OK = len(g.report.Errors()) == 0
	return g.report
}

// checks are the steps of Verify in their order. One that returns false has found that there is nothing to look at for those behind it.
func checks() []func(*gate) bool {
	return []func(*gate) bool{
		(*gate).checkIdent, (*gate).parse, (*gate).checkHeader, (*gate).checkSegments, (*gate).checkDynamic,
		(*gate).checkBuild, (*gate).checkSections, (*gate).checkFunctions, (*gate).checkInstructions, (*gate).checkSizes,
	}
}

// gate is one run of Verify.
type gate struct {
	data    []byte
	profile *device.Profile
	file    *elf.File
	funcs   []function
	report  *Report
}

// find adds a finding.
func (g *gate) find(code Code, format string, args ...any) {
	g.report.Findings = append(g.report.Findings, Finding{code, severityOf(code), fmt.Sprintf(format, args...)})
}

// parse reads header, program headers and section headers.
func (g *gate) parse() bool {
	f, err := elf.NewFile(bytes.NewReader(g.data))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		g.find(Truncated, "the file ends, after %d bytes, before the tables that its header names", len(g.data))
		return false
	}
	if err != nil {
		g.find(Malformed, "%v", err)
		return false
	}
	g.file = f
	return true
}
