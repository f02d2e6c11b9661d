package bundle

import (
	"bytes"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// materials are the modules that a Go program says it is made of; the standard library comes first.
type materials struct {
	main    debug.Module
	modules []debug.Module // what stands in for a replaced module, not the module
	goVers  string
}

// readMaterials reads a program's build info.
func readMaterials(program string) (*materials, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, fmt.Errorf("%s: no Go build info, so no bill of materials: %w", program, err)
	}
	m := &materials{main: info.Main, goVers: info.GoVersion}
	for _, d := range info.Deps {
		for d.Replace != nil {
			d = d.Replace
		}
		m.modules = append(m.modules, *d)
	}
	return m, nil
}

// std is the version of the standard library: "1.26.8" of "go1.26.8 X:nocoverage".
func (m *materials) std() string {
	version, _, _ := strings.Cut(strings.TrimPrefix(m.goVers, "go"), " ")
	return version
}

// purl is a package URL (ECMA-427), type golang.
func purl(path, version string) string {
	if version == "" || version == "(devel)" {
		return "pkg:golang/" + path
	}
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}

// dirHash is go.sum's h1 digest in hexadecimal, or "" where there is none.
func dirHash(sum string) string {
	b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sum, "h1:"))
	if err != nil {
		return ""
	}
	return hex.EncodeToString(b)
}

// dependencies are the modules as SLSA has them.
func (m *materials) dependencies() []Dependency {
	deps := []Dependency{{URI: purl("std", m.std())}}
	for _, d := range m.modules {
		deps = append(deps, Dependency{purl(d.Path, d.Version), ModuleDigest{dirHash(d.Sum)}})
	}
	return deps
}

// sbom is a CycloneDX 1.6 bill of materials. It has neither time nor serial number, so the same program has the same one.
func (m *materials) sbom(r *Release, program Digests) ([]byte, error) {
	root := cdx.Component{
		BOMRef: "program", Type: cdx.ComponentTypeApplication, Name: r.Name, Version: fmt.Sprint(r.Version),
		Hashes:     &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: program.SHA256}},
		Properties: &[]cdx.Property{{Name: "mote:module", Value: m.main.Path}, {Name: "mote:sm3", Value: program.SM3}},
	}
	components, refs := []cdx.Component{}, []string{}
	for _, d := range append([]debug.Module{{Path: "std", Version: m.std()}}, m.modules...) {
		c := cdx.Component{BOMRef: purl(d.Path, d.Version), Type: cdx.ComponentTypeLibrary, Name: d.Path, Version: d.Version, PackageURL: purl(d.Path, d.Version)}
		if d.Sum != "" {
			c.Properties = &[]cdx.Property{{Name: "mote:gosum", Value: d.Sum}}
		}
		components, refs = append(components, c), append(refs, c.BOMRef)
	}
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Component: &root}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: root.BOMRef, Dependencies: &refs}}
	var b bytes.Buffer
	err := cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6)
	return b.Bytes(), err
}
