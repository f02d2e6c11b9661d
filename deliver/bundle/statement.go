package bundle

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// Types of in-toto and SLSA, and ours.
const (
	statementType = "https://in-toto.io/Statement/v1"
	predicateType = "https://slsa.dev/provenance/v1"
	buildType     = "mote:deliver/build/v1" // doc/spec/bundle.md says what its parameters mean
)

// Statement is an in-toto statement v1 with SLSA provenance v1.
type Statement struct {
	Type          string     `json:"_type"`
	Subject       []Subject  `json:"subject"`
	PredicateType string     `json:"predicateType"`
	Predicate     Provenance `json:"predicate"`
}

// Subject is a file of the bundle.
type Subject struct {
	Name   string  `json:"name"`
	Digest Digests `json:"digest"`
}

// Provenance is SLSA's predicate.
type Provenance struct {
	BuildDefinition BuildDefinition `json:"buildDefinition"`
	RunDetails      RunDetails      `json:"runDetails"`
}

// BuildDefinition is what was built, from what.
type BuildDefinition struct {
	BuildType            string       `json:"buildType"`
	ExternalParameters   Parameters   `json:"externalParameters"`
	ResolvedDependencies []Dependency `json:"resolvedDependencies,omitempty"`
}

// Parameters are what the one who asked for the build has chosen.
type Parameters struct {
	Release Release `json:"release"`
	Build   Build   `json:"build"`
}

// Release is the place of a bundle in the order of its product's.
type Release struct {
	Name    string    `json:"name"`    // of the product
	Version uint64    `json:"version"` // counts up; a device never goes back
	Program string    `json:"program"` // which file is started
	Profile string    `json:"profile"` // which file says how: a device profile
	Issued  time.Time `json:"issued"`
	Expires time.Time `json:"expires"`
}

// Build repeats what makes the program again, byte for byte.
type Build struct {
	Package string   `json:"package"`
	Go      string   `json:"go"`              // the toolchain: "go1.26.8"
	Flags   []string `json:"flags"`           // of go build
	Env     []string `json:"env"`             // KEY=value, what the go command reads
	Again   bool     `json:"reproduced"`      // it was built twice, with the same result
	VCS     string   `json:"vcs,omitempty"`   // revision of the source
	Dirty   bool     `json:"dirty,omitempty"` // the source had changes that the revision lacks
}

// Dependency is a module that went into the program.
type Dependency struct {
	URI    string       `json:"uri"` // a package URL
	Digest ModuleDigest `json:"digest,omitzero"`
}

// ModuleDigest is in-toto's dirHash: go.sum's h1 digest of a module in hexadecimal. A module from a folder has none.
type ModuleDigest struct {
	DirHash string `json:"dirHash,omitempty"`
}

// RunDetails is who has built.
type RunDetails struct {
	Builder Builder `json:"builder"`
}

// Builder names the tool. It stands for no SLSA level: who runs mote where is up to its user.
type Builder struct {
	ID string `json:"id"`
}

func (s *Statement) release() *Release {
	return &s.Predicate.BuildDefinition.ExternalParameters.Release
}

// check holds a statement to the rules of the format; it says what is wrong in the words of JSON.
func (s *Statement) check() error {
	d := s.Predicate.BuildDefinition
	for _, field := range []struct{ name, got, want string }{
		{"_type", s.Type, statementType}, {"predicateType", s.PredicateType, predicateType}, {"buildType", d.BuildType, buildType},
	} {
		if field.got != field.want {
			return fmt.Errorf("%s is %q, want %q", field.name, field.got, field.want)
		}
	}
	for i, sub := range s.Subject {
		if err := checkFileName(sub.Name); err != nil {
			return fmt.Errorf("subject %d: %w", i+1, err)
		}
		if i > 0 && s.Subject[i-1].Name >= sub.Name {
			return fmt.Errorf("subject %q is not in order behind %q", sub.Name, s.Subject[i-1].Name)
		}
	}
	return s.checkRelease()
}

func (s *Statement) checkRelease() error {
	r := s.release()
	switch {
	case r.Name == "":
		return fmt.Errorf("release has no name")
	case r.Version == 0:
		return fmt.Errorf("release has no version: they count from 1")
	case !s.has(r.Program):
		return fmt.Errorf("program %q is not among the subjects", r.Program)
	case !s.has(r.Profile):
		return fmt.Errorf("profile %q is not among the subjects", r.Profile)
	case !s.has(SBOMFile), !s.has(SumsFile):
		return fmt.Errorf("%s and %s are not both among the subjects", SBOMFile, SumsFile)
	case r.Issued.IsZero() || !r.Expires.After(r.Issued):
		return fmt.Errorf("expires (%s) is not after issued (%s)", stamp(r.Expires), stamp(r.Issued))
	}
	return nil
}

func (s *Statement) has(name string) bool {
	return slices.ContainsFunc(s.Subject, func(sub Subject) bool { return sub.Name == name })
}

// checkFileName refuses names that would leave the folder, hide, or break a line of SumsFile.
func checkFileName(name string) error {
	bad := name == "" || name != path.Base(name) || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || name == EnvelopeFile
	for _, r := range name {
		bad = bad || r <= ' ' || r >= 0x7f || r == '\\' || r == '/'
	}
	if bad {
		return fmt.Errorf("%q is no name for a file in a bundle", name)
	}
	return nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
