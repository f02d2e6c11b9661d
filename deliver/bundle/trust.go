package bundle

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"github.com/BurntSushi/toml"
)

// Trust is what a device accepts bundles by. It must lie where an attacker cannot write: in the verified root file system.
type Trust struct {
	Name      string // of the product; bundles with another are refused
	Threshold int    // how many different keys must have signed
	Others    bool   // signatures by unknown keys are ignored, rather than a reason to refuse
	Keys      []*PublicKey
}

// trustFile is Trust in TOML.
type trustFile struct {
	Name      string      `toml:"name"`
	Threshold int         `toml:"threshold"`
	Others    bool        `toml:"ignore_other_signers,omitempty"`
	Keys      []trustedBy `toml:"key"`
}

type trustedBy struct {
	PEM string `toml:"pem,multiline"`
}

// ReadTrust reads a trust file.
func ReadTrust(name string) (*Trust, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := parseTrust(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}

func parseTrust(text []byte) (*Trust, error) {
	var w trustFile
	meta, err := toml.Decode(string(text), &w)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("unknown key %q", unknown[0].String())
	}
	t := &Trust{Name: w.Name, Threshold: w.Threshold, Others: w.Others}
	for i, k := range w.Keys {
		key, err := ParsePublicKey([]byte(k.PEM))
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		t.Keys = append(t.Keys, key)
	}
	return t, t.check()
}

func (t *Trust) check() error {
	for i, k := range t.Keys {
		if t.find(k.ID) != t.Keys[i] {
			return fmt.Errorf("key %s stands there twice", k.ID)
		}
	}
	switch {
	case t.Name == "":
		return fmt.Errorf("name: whose bundles may the device run")
	case t.Threshold < 1 || t.Threshold > len(t.Keys):
		return fmt.Errorf("threshold %d is not from 1 to the number of keys, %d", t.Threshold, len(t.Keys))
	}
	return nil
}

// find returns the first key with this ID, or nil.
func (t *Trust) find(id string) *PublicKey {
	i := slices.IndexFunc(t.Keys, func(k *PublicKey) bool { return k.ID == id })
	if i < 0 {
		return nil
	}
	return t.Keys[i]
}

// WriteTrust writes a new trust file.
func WriteTrust(name string, t *Trust) error {
	if err := t.check(); err != nil {
		return err
	}
	w := trustFile{Name: t.Name, Threshold: t.Threshold, Others: t.Others}
	for _, k := range t.Keys {
		w.Keys = append(w.Keys, trustedBy{string(k.PEM())})
	}
	var b bytes.Buffer
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	if err := enc.Encode(w); err != nil {
		return err
	}
	return writeNew(name, b.Bytes(), 0o644)
}
