package bundle

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

func TestSBOM(t *testing.T) {
	f := newFixture(t)
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(read(t, filepath.Join(f.dir, SBOMFile))), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if bom.SpecVersion != cdx.SpecVersion1_6 || bom.Metadata.Component.Name != "agent" || bom.Metadata.Component.Version != "7" {
		t.Errorf("%+v", bom.Metadata.Component)
	}
	if std := (*bom.Components)[0]; !strings.HasPrefix(std.PackageURL, "pkg:golang/std@1.") {
		t.Errorf("first component is %+v", std)
	}
}

// TestSBOMOfModules: this test itself is a program with modules, whose sums the bill must have.
func TestSBOMOfModules(t *testing.T) {
	m := &materials{goVers: "go1.26.8 X:nocoverage", modules: []debug.Module{
		{Path: "example.com/a", Version: "v1.2.0+incompatible", Sum: "h1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
		{Path: "./b"},
	}}
	text, err := m.sbom(&Release{Name: "x", Version: 1}, Digests{"aa", "bb"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"pkg:golang/std@1.26.8"`, `"pkg:golang/example.com/a@v1.2.0%2Bincompatible"`, "h1:AAECAwQF", `"pkg:golang/./b"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
	deps := m.dependencies()
	if want := hex.EncodeToString([]byte("\x00\x01\x02\x03")); len(deps) != 3 || !strings.HasPrefix(deps[1].Digest.DirHash, want) || deps[2].Digest.DirHash != "" {
		t.Errorf("dependencies %+v", deps)
	}
}

func TestNoBuildInfo(t *testing.T) {
	name := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := readMaterials(name); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("got %v", err)
	}
}
