// Package bundle makes and checks signed folders of files for a device.
//
// A bundle is a folder without subfolders. Beside the program it holds the profile of its device (ProfileFile), a bill of materials (SBOMFile), SumsFile for people with
// nothing but sha256sum, and EnvelopeFile: a DSSE envelope around an in-toto statement whose subjects are all other files, by SHA-256 and by
// SM3, and whose predicate is SLSA provenance v1. The release (name, version, when it was signed, when it expires) stands among the build's
// external parameters, so one signature covers what the files are, how they were made and how long they are good.
//
// What Check promises: no byte of the folder differs from what the keys signed, envelope included, since that has one valid form and no
// signature in it may be wrong; a threshold of keys that the device trusts has signed; the version is none that the device has left behind; and it
// has not expired. What it cannot promise: that files stay as they were checked (see package launch), and that the device's own trust
// file, state and clock are genuine. Everything that is wrong is a *Refusal, which has a code and names the file.
//
// doc/spec/bundle.md is the format. Start reading at Sign and Check.
package bundle

import "fmt"

// Files that every bundle has.
const (
	EnvelopeFile = "bundle.dsse.json"
	ProfileFile  = "device.toml"
	SBOMFile     = "sbom.cdx.json"
	SumsFile     = "SHA256SUMS"
)

// Code says what kind of thing is wrong with a bundle.
type Code string

// Codes of refusals.
const (
	CodeMissing   Code = "missing"   // a file is not there
	CodeExtra     Code = "extra"     // a file is there that nothing describes
	CodeKind      Code = "kind"      // something is no regular file
	CodeFormat    Code = "format"    // the envelope or statement is not in the one form that is valid
	CodeSignature Code = "signature" // a signature does not verify
	CodeSigner    Code = "signer"    // a signature is by a key that the device does not know
	CodeThreshold Code = "threshold" // too few trusted keys have signed
	CodeDigest    Code = "digest"    // a file is not the one that was signed
	CodeSums      Code = "sums"      // SumsFile says something else than the statement
	CodeName      Code = "name"      // the bundle is for another product
	CodeRollback  Code = "rollback"  // the device has seen a later version, or this version with other files
	CodeExpired   Code = "expired"   // the bundle is past its date
	CodeClock     Code = "clock"     // the device's clock is before a time that has passed for certain
)

// Refusal is why a bundle is not accepted.
type Refusal struct {
	Code Code   `json:"code"`
	File string `json:"file"` // within the bundle
	Text string `json:"text"`
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s [%s]", r.File, r.Text, r.Code) }

func refuse(code Code, file, format string, args ...any) *Refusal {
	return &Refusal{code, file, fmt.Sprintf(format, args...)}
}
