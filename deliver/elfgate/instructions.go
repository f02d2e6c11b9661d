package elfgate

import (
	"debug/elf"
	"slices"
	"strings"

	"mote/deliver/device"
)

// Feature is a group of instructions above the CPU's level that the program has, all of them behind a test of the CPU.
type Feature struct {
	Name      string   `json:"name"`      // as in /proc/cpuinfo
	Count     int      `json:"count"`     // instructions
	Functions []string `json:"functions"` // the first few
}

// maxFunctions is how many functions a finding names.
const maxFunctions = 5

// checkInstructions looks through the code for instructions that the CPU need not have, and finds the level that it needs. It knows those of ARM64, where every instruction has four
// bytes; for other architectures the build information is all there is.
func (g *gate) checkInstructions() bool {
	if g.profile.Arch != "arm64" || g.file.Machine != elf.EM_AARCH64 {
		return true
	}
	s := scanner{gate: g, features: map[string]*Feature{}, bad: map[string]*Feature{}}
	for _, p := range g.file.Progs {
		size := uint64(len(g.data))
		if p.Type == elf.PT_LOAD && p.Flags&elf.PF_X != 0 && p.Off <= size && p.Filesz <= size-p.Off {
			s.segment(p)
		}
	}
	g.report.Level = device.Levels("arm64")[0]
	for _, x := range extensions() {
		if f := s.bad[x.feature]; f != nil {
			g.report.Level = later(g.report.Level, x.level)
			if !g.hasFeature(x.feature) {
				g.find(Instructions, "%d of %s (%s), in %s", f.Count, f.Name, x.level, strings.Join(f.Functions, ", "))
			}
		}
		if f := s.features[x.feature]; f != nil && !g.hasFeature(x.feature) {
			g.report.Features = append(g.report.Features, *f)
			g.find(Optional, "%d of %s, in %s", f.Count, f.Name, strings.Join(f.Functions, ", "))
		}
	}
	return true
}

// later is the higher of two levels.
func later(a, b string) string {
	levels := device.Levels("arm64")
	return levels[max(slices.Index(levels, a), slices.Index(levels, b))]
}

// hasFeature reports whether the profile's CPU has a feature, by level or by name.
func (g *gate) hasFeature(name string) bool {
	if slices.Contains(g.profile.CPU.Features, name) {
		return true
	}
	levels := device.Levels(g.profile.Arch)
	for _, x := range extensions() {
		if x.feature == name && x.mandatory {
			return slices.Index(levels, g.profile.CPU.Level) >= slices.Index(levels, x.level)
		}
	}
	return false
}

// scanner collects instructions of extensions: those that a test of the CPU guards, and the bad ones that run on every CPU.
type scanner struct {
	gate          *gate
	features, bad map[string]*Feature
}

// segment scans the functions in p. What belongs to no function is not scanned: in data, every sixteenth word looks like an instruction of SVE.
func (s *scanner) segment(p *elf.Prog) {
	text := &code{data: s.gate.data[p.Off : p.Off+p.Filesz], base: p.Vaddr}
	all := extensions()
	for _, f := range s.gate.funcs {
		if f.start >= p.Vaddr && f.end >= f.start && f.end <= p.Vaddr+p.Filesz {
			s.function(text, f, all)
		}
	}
}

func (s *scanner) function(text *code, f function, all []extension) {
	sites := text.sites(f.start, f.end, all)
	if len(sites) == 0 {
		return
	}
	trusted := s.trusted(f)
	for _, site := range sites {
		into := s.bad
		if trusted || site.guarded {
			into = s.features
		}
		count(into, site.feature, f.name)
	}
}

func count(into map[string]*Feature, name, function string) {
	f := into[name]
	if f == nil {
		f = &Feature{Name: name}
		into[name] = f
	}
	f.Count++
	if len(f.Functions) < maxFunctions && !slices.Contains(f.Functions, function) {
		f.Functions = append(f.Functions, function)
	}
}

// aesHash is the one assembly function of the runtime that has no package in its name; runtime.memhash tests runtime.useAeshash.
const aesHash = "aeshashbody"

// trusted reports whether a function belongs to a package whose assembly is called behind a test of the CPU only: those of the Go project, and what the
// profile lists (cpu.guarded). Atomic operations are not of that kind: in these the test stands in the same function.
func (s *scanner) trusted(f function) bool {
	pkg := f.pkg()
	for _, prefix := range append([]string{
		"crypto", "hash/crc32", "internal/bytealg", "golang.org/x/crypto", "vendor/golang.org/x/crypto", aesHash,
	}, s.gate.profile.CPU.Guarded...) {
		if pkg == prefix || strings.HasPrefix(pkg, prefix+"/") {
			return true
		}
	}
	return false
}
