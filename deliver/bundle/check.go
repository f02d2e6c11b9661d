package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"
)

// Report is what Check has found out about a bundle.
type Report struct {
	Release Release   `json:"release"`
	Build   Build     `json:"build"`
	Files   string    `json:"files"` // SHA-256 over the subjects
	Subject []Subject `json:"subject"`
	Signers []Signer  `json:"signers"`
}

// Signer is a key that has signed.
type Signer struct {
	Key       string    `json:"key"`
	Algorithm Algorithm `json:"algorithm,omitempty"` // empty: the device does not know the key, and nothing was checked
}

// Checked is a bundle that Check has accepted. Close it.
type Checked struct {
	Report
	Program *os.File // what was digested; its offset is at the end
	Profile []byte
}

// Close closes the program.
func (c *Checked) Close() error { return c.Program.Close() }

// Check reads all of a bundle and holds it to what the device trusts and remembers. The first thing that is wrong is returned as a *Refusal; other
// errors are those of reading. It changes nothing: the caller writes State.Accept once it goes on to use the bundle.
func Check(dir string, t *Trust, s State, now time.Time) (*Checked, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	st, signers, err := readStatement(root, t)
	if err != nil {
		return nil, err
	}
	if r := st.release(); r.Name != t.Name {
		return nil, refuse(CodeName, EnvelopeFile, "the bundle is for %q, and the device takes those for %q", r.Name, t.Name)
	}
	subjects, err := canonical(st.Subject)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(subjects)
	c := &Checked{Report: Report{
		Release: *st.release(), Build: st.Predicate.BuildDefinition.ExternalParameters.Build,
		Files: hex.EncodeToString(sum[:]), Subject: st.Subject, Signers: signers,
	}}
	if err := s.check(&c.Release, c.Files, now); err != nil {
		return nil, err
	}
	if err := c.readFiles(root, st); err != nil {
		if c.Program != nil {
			c.Program.Close()
		}
		return nil, err
	}
	return c, nil
}

// readStatement reads the envelope and believes nothing of it before its signatures have been checked.
func readStatement(root *os.Root, t *Trust) (*Statement, []Signer, error) {
	f, err := open(root, EnvelopeFile)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxEnvelope+1))
	if err != nil {
		return nil, nil, err
	}
	e, err := ParseEnvelope(text)
	if err != nil {
		return nil, nil, refuse(CodeFormat, EnvelopeFile, "%v", err)
	}
	signers, err := t.verify(e)
	if err != nil {
		return nil, nil, err
	}
	var st Statement
	if err = parseCanonical(e.Payload, &st); err == nil {
		err = st.check()
	}
	if err != nil {
		return nil, nil, refuse(CodeFormat, EnvelopeFile, "statement: %v", err)
	}
	return &st, signers, nil
}

// verify holds the signatures to the device's keys.
func (t *Trust) verify(e *Envelope) ([]Signer, error) {
	if e.PayloadType != payloadType {
		return nil, refuse(CodeFormat, EnvelopeFile, "payload type is %q, want %q", e.PayloadType, payloadType)
	}
	signers, good, message := []Signer{}, 0, PAE(e.PayloadType, e.Payload)
	for i, s := range e.Signatures {
		key := t.find(s.KeyID)
		switch {
		case i > 0 && e.Signatures[i-1].KeyID >= s.KeyID:
			return nil, refuse(CodeFormat, EnvelopeFile, "signature by key %q is not in order", s.KeyID)
		case key == nil && !t.Others:
			return nil, refuse(CodeSigner, EnvelopeFile, "there is a signature by key %q, which the device does not know", s.KeyID)
		case key == nil:
			signers = append(signers, Signer{Key: s.KeyID})
			continue
		case !key.Verify(message, s.Sig):
			return nil, refuse(CodeSignature, EnvelopeFile, "the signature by %s key %s is wrong: statement or signature was changed", key.Algorithm, key.ID)
		}
		good++
		signers = append(signers, Signer{key.ID, key.Algorithm})
	}
	if good < t.Threshold {
		return nil, refuse(CodeThreshold, EnvelopeFile, "signed by %d of the device's keys, which asks for %d", good, t.Threshold)
	}
	return signers, nil
}

// open opens a regular file of the bundle.
func open(root *os.Root, name string) (*os.File, error) {
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuse(CodeMissing, name, "is not there")
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(CodeKind, name, "is not a regular file")
	}
	return root.Open(name)
}

// readFiles digests all subjects and looks for what is none.
func (c *Checked) readFiles(root *os.Root, st *Statement) error {
	order := slices.Clone(st.Subject) // the program last: it takes the longest
	slices.SortStableFunc(order, func(a, b Subject) int {
		return boolInt(a.Name == c.Release.Program) - boolInt(b.Name == c.Release.Program)
	})
	for _, sub := range order {
		f, err := open(root, sub.Name)
		if err != nil {
			return err
		}
		content, err := c.readFile(f, sub)
		if sub.Name == c.Release.Program {
			c.Program = f
		} else {
			f.Close()
		}
		if err != nil {
			return err
		}
		if sub.Name == SumsFile && !bytes.Equal(content, sums(st.Subject)) {
			return refuse(CodeSums, SumsFile, "does not say what the statement says")
		}
	}
	return noExtra(root, st)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxText bounds what of a file is kept: a device profile has a few kilobytes.
const maxText = 1 << 20

// readFile digests a file, and returns it if it is the profile or SumsFile.
func (c *Checked) readFile(f *os.File, sub Subject) ([]byte, error) {
	var text bytes.Buffer
	r := io.Reader(f)
	keep := sub.Name == c.Release.Profile || sub.Name == SumsFile
	if keep {
		r = io.TeeReader(io.LimitReader(f, maxText), &text)
	}
	got, err := digest(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sub.Name, err)
	}
	if got.SHA256 != sub.Digest.SHA256 {
		return nil, refuse(CodeDigest, sub.Name, "SHA-256 is %s, and %s was signed", got.SHA256, sub.Digest.SHA256)
	}
	if got.SM3 != sub.Digest.SM3 {
		return nil, refuse(CodeDigest, sub.Name, "SM3 is %s, and %s was signed", got.SM3, sub.Digest.SM3)
	}
	if sub.Name == c.Release.Profile {
		c.Profile = text.Bytes()
	}
	return text.Bytes(), nil
}

func noExtra(root *os.Root, st *Statement) error {
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		if name != EnvelopeFile && !st.has(name) {
			return refuse(CodeExtra, name, "is not part of what was signed")
		}
	}
	return nil
}
