package bundle

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Input is what Sign makes a bundle of.
type Input struct {
	Program string   // path of the program
	As      string   // the name that it gets: the last part of the path that the device starts
	Profile []byte   // the device profile, complete: the device may know others than mote does
	Extra   []string // paths of files that go along
	Name    string   // of the product
	Version uint64   // from 1, greater with each release
	Build   Build
	Now     time.Time
	Expires time.Time
	Builder string // URI of what has built the program
}

// Sign writes a new bundle into dir, which must not exist yet, signed by keys. Either all of it is there afterwards or nothing.
func Sign(dir string, in *Input, keys ...*PrivateKey) error {
	if len(keys) == 0 {
		return fmt.Errorf("%s: no key to sign with", dir)
	}
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("%s: is there already", dir)
	}
	dir = filepath.Clean(dir)
	tmp, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp) // nothing is left of it after the rename
	if err := fill(tmp, in, keys); err != nil {
		return err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

// fill writes all files of a bundle into an empty folder.
func fill(dir string, in *Input, keys []*PrivateKey) error {
	m, err := readMaterials(in.Program)
	if err != nil {
		return err
	}
	s := newStatement(in, m)
	if err := s.copyIn(dir, in.As, in.Program, 0o755); err != nil {
		return err
	}
	if err := s.add(dir, ProfileFile, bytes.NewReader(in.Profile), 0o644); err != nil {
		return err
	}
	for _, name := range in.Extra {
		if err := s.copyIn(dir, filepath.Base(name), name, 0o644); err != nil {
			return err
		}
	}
	bom, err := m.sbom(s.release(), s.digestOf(s.release().Program))
	if err != nil {
		return err
	}
	if err := s.add(dir, SBOMFile, bytes.NewReader(bom), 0o644); err != nil {
		return err
	}
	if err := s.add(dir, SumsFile, bytes.NewReader(sums(s.Subject)), 0o644); err != nil {
		return err
	}
	return s.seal(dir, keys)
}

func newStatement(in *Input, m *materials) *Statement {
	s := &Statement{Type: statementType, PredicateType: predicateType}
	s.Predicate.RunDetails.Builder.ID = in.Builder
	s.Predicate.BuildDefinition = BuildDefinition{
		BuildType: buildType,
		ExternalParameters: Parameters{
			Release: Release{
				Name: in.Name, Version: in.Version, Program: in.As, Profile: ProfileFile,
				Issued: in.Now.UTC().Truncate(time.Second), Expires: in.Expires.UTC().Truncate(time.Second),
			},
			Build: in.Build,
		},
		ResolvedDependencies: m.dependencies(),
	}
	return s
}

func (s *Statement) copyIn(dir, name, source string, mode os.FileMode) error {
	f, err := os.Open(source)
	if err != nil {
		return err
	}
	defer f.Close()
	return s.add(dir, name, f, mode)
}

// add writes a file and makes it a subject, in the order of names.
func (s *Statement) add(dir, name string, r io.Reader, mode os.FileMode) error {
	if err := checkFileName(name); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s: two files of the bundle have this name", name)
	}
	if err != nil {
		return err
	}
	d, err := digest(io.TeeReader(r, f))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.Subject = append(s.Subject, Subject{name, d})
	slices.SortFunc(s.Subject, func(a, b Subject) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

func (s *Statement) digestOf(name string) Digests {
	i := slices.IndexFunc(s.Subject, func(sub Subject) bool { return sub.Name == name })
	if i < 0 {
		return Digests{}
	}
	return s.Subject[i].Digest
}

// seal writes the envelope.
func (s *Statement) seal(dir string, keys []*PrivateKey) error {
	if err := s.check(); err != nil {
		return err
	}
	payload, err := canonical(s)
	if err != nil {
		return err
	}
	e := &Envelope{PayloadType: payloadType, Payload: payload}
	for _, k := range keys {
		if err := e.sign(k); err != nil {
			return err
		}
	}
	text, err := e.Marshal()
	if err != nil {
		return err
	}
	return writeNew(filepath.Join(dir, EnvelopeFile), text, 0o644)
}

func (e *Envelope) sign(k *PrivateKey) error {
	sig, err := k.Sign(PAE(e.PayloadType, e.Payload))
	if err != nil {
		return err
	}
	return e.Attach(k.Public, sig)
}

// Attach adds a signature that was made elsewhere over PAE, by OpenSSL or in a hardware module. It must verify.
func (e *Envelope) Attach(k *PublicKey, sig []byte) error {
	if slices.ContainsFunc(e.Signatures, func(s Signature) bool { return s.KeyID == k.ID }) {
		return fmt.Errorf("key %s has signed already", k.ID)
	}
	if !k.Verify(PAE(e.PayloadType, e.Payload), sig) {
		return fmt.Errorf("this is no signature of key %s over the envelope", k.ID)
	}
	e.Signatures = append(e.Signatures, Signature{k.ID, sig})
	slices.SortFunc(e.Signatures, func(a, b Signature) int { return cmp.Compare(a.KeyID, b.KeyID) })
	return nil
}

// Countersign adds signatures to a bundle that others have signed, so that keys need not come together in one place.
func Countersign(dir string, keys ...*PrivateKey) error {
	return edit(dir, func(e *Envelope) error {
		for _, k := range keys {
			if err := e.sign(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// AttachTo adds a signature that was made elsewhere to a bundle.
func AttachTo(dir string, k *PublicKey, sig []byte) error {
	return edit(dir, func(e *Envelope) error { return e.Attach(k, sig) })
}

// edit changes the envelope of a bundle.
func edit(dir string, change func(*Envelope) error) error {
	e, err := ReadEnvelope(dir)
	if err != nil {
		return err
	}
	name := filepath.Join(dir, EnvelopeFile)
	if err := change(e); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	text, err := e.Marshal()
	if err != nil {
		return err
	}
	return replace(name, text, 0o644)
}

// ReadEnvelope reads the envelope of a bundle, and checks nothing.
func ReadEnvelope(dir string) (*Envelope, error) {
	name := filepath.Join(dir, EnvelopeFile)
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	e, err := ParseEnvelope(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return e, nil
}
