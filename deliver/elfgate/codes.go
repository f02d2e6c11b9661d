package elfgate

// Code names a kind of finding. Codes are stable: scripts and doc/spec/device.md refer to them.
type Code string

// Severity says what a finding means for the program.
type Severity string

// Severities.
const (
	Error   Severity = "error"   // the program is refused
	Warning Severity = "warning" // it starts, and something is likely not as wanted
	Note    Severity = "note"
)

// The codes.
const (
	Empty         Code = "empty"
	NotELF        Code = "not-elf"
	Truncated     Code = "truncated"
	Malformed     Code = "malformed"
	Class         Code = "class"
	ByteOrder     Code = "byte-order"
	Machine       Code = "machine"
	OSABI         Code = "os-abi"
	Flags         Code = "abi-flags"
	Type          Code = "type"
	PIE           Code = "pie"
	NoLoad        Code = "no-load"
	Interp        Code = "interp"
	Dynamic       Code = "dynamic"
	Needed        Code = "needed"
	RPath         Code = "rpath"
	TextRel       Code = "text-relocation"
	WriteExec     Code = "write-exec"
	ExecStack     Code = "exec-stack"
	NoStack       Code = "no-stack"
	Alignment     Code = "alignment"
	SharedPage    Code = "shared-page"
	Overlap       Code = "overlap"
	SegmentSize   Code = "segment-size"
	Address       Code = "address"
	Entry         Code = "entry"
	NoBuildInfo   Code = "no-build-info"
	BuildTarget   Code = "build-target"
	BuildMode     Code = "build-mode"
	CGO           Code = "cgo"
	Sanitizer     Code = "sanitizer"
	Level         Code = "isa-level"
	Instructions  Code = "isa"
	Optional      Code = "isa-optional"
	Symbols       Code = "symbols"
	DebugInfo     Code = "debug-info"
	Constructors  Code = "constructors"
	Appended      Code = "appended"
	SizeFile      Code = "size-file"
	SizeText      Code = "size-text"
	SizeRAM       Code = "size-ram"
	CGOLookup     Code = "cgo-lookup"
	Package       Code = "package"
	Plugin        Code = "plugin"
	Paths         Code = "paths"
	Modified      Code = "modified"
	NoFunctions   Code = "no-functions"
	UserLookup    Code = "user-lookup"
	Resolver      Code = "resolver"
	Certificates  Code = "certificates"
	TimeZones     Code = "time-zones"
	StartsProgram Code = "starts-programs"
	Profiling     Code = "profiling"
)

// Meaning is a row of the table of codes.
type Meaning struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Text     string   `json:"text"`
}

// Codes is the table of all codes, in the order in which Verify looks for them.
func Codes() []Meaning {
	return []Meaning{
		{Empty, Error, "the file is empty"},
		{NotELF, Error, "the file has another format"},
		{Truncated, Error, "the file ends before what its headers promise"},
		{Malformed, Error, "the headers contradict the format"},
		{Class, Error, "32 instead of 64 bits, or the other way round"},
		{ByteOrder, Error, "the other byte order"},
		{Machine, Error, "for another machine"},
		{OSABI, Error, "for another operating system"},
		{Flags, Error, "for another calling convention of the same machine"},
		{Type, Error, "an object file, a library or a core dump, not a program"},
		{PIE, Error, "position independent: needs a loader that relocates it"},
		{NoLoad, Error, "nothing is loaded into memory"},
		{SegmentSize, Error, "a segment is larger in the file than in memory, or has a size that no memory has"},
		{Alignment, Error, "a segment does not begin as a page of the device's kernel does"},
		{Address, Error, "a segment lies where the kernel maps nothing"},
		{Overlap, Error, "segments overlap, or are not in the order of their addresses"},
		{SharedPage, Error, "two segments with different permissions need the same page"},
		{WriteExec, Error, "memory that can be written and executed"},
		{NoStack, Error, "nothing says that the stack is not executable"},
		{ExecStack, Error, "the stack is executable"},
		{Entry, Error, "the first instruction is not in executable memory"},
		{Interp, Error, "needs a program interpreter (dynamic loader) that the device does not have"},
		{Dynamic, Error, "has a dynamic section, though nothing on the device reads it"},
		{Needed, Error, "needs a shared library that the device does not have"},
		{RPath, Error, "looks for libraries in folders of its own"},
		{TextRel, Error, "its code must be changed when it is loaded"},
		{NoBuildInfo, Error, "no Go build information: not made by the go command, or altered"},
		{BuildTarget, Error, "the build information names another system or architecture than the header"},
		{BuildMode, Error, "built as something else than a plain executable"},
		{CGO, Error, "built with cgo"},
		{Sanitizer, Error, "built with the race detector, a sanitizer or coverage"},
		{Level, Error, "built for a higher instruction level than the CPU has"},
		{Paths, Warning, "built without -trimpath: carries paths of the machine that built it"},
		{Modified, Warning, "built from sources with changes that are in no commit"},
		{Symbols, Error, "carries a symbol table, which the profile excludes"},
		{DebugInfo, Error, "carries debug information, which the profile excludes"},
		{Constructors, Error, "runs code before its entry (init_array): C or C++"},
		{Appended, Warning, "has data behind everything that its headers describe"},
		{NoFunctions, Error, "no table of functions, which every Go program has: what it calls and which instructions it guards is unknown"},
		{CGOLookup, Error, "reaches the C library's resolver or user database"},
		{Plugin, Error, "loads plugins, which needs a dynamic loader"},
		{Package, Error, "contains a package that the profile forbids"},
		{UserLookup, Warning, "looks up users, and the device has no /etc/passwd"},
		{Resolver, Warning, "resolves names, and the device has no /etc/resolv.conf"},
		{Certificates, Note, "loads the system's root certificates; the device has none in its root file system"},
		{TimeZones, Note, "loads time zones; the device has no database and the program none either (time/tzdata)"},
		{StartsProgram, Note, "can start other programs"},
		{Profiling, Warning, "serves profiles over HTTP (net/http/pprof)"},
		{Instructions, Error, "an instruction above the CPU's level that no test of the CPU guards"},
		{Optional, Note, "instructions above the level, in functions that test the CPU or are called behind a test"},
		{SizeFile, Error, "larger than the budget"},
		{SizeText, Error, "more code than the budget"},
		{SizeRAM, Error, "more writable memory at start than the budget"},
	}
}

// severityOf is the severity of a code in the table.
func severityOf(code Code) Severity {
	for _, m := range Codes() {
		if m.Code == code {
			return m.Severity
		}
	}
	return Error
}
